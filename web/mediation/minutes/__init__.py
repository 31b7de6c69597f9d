"""调解笔录的门面 — the records of a case: a list, one record with what each may do to it, its PDF.

``pages.py`` shows, ``deeds.py`` takes what is done, ``printed.py`` makes the sheet.
"""
