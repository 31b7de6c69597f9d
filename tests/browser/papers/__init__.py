"""Eleven disputes that end on paper, each walked by pages from the first word to the last sheet.

``stand.py`` holds the windows, the pictures and the sheets; the disputes are told in the modules beside it, each with
the number it has in the list of acceptance. ``tests/browser/test_papers.py`` walks the short ones at every run,
``python -m bench.drill.papers`` all of them into a folder of pictures to be looked at.
"""
