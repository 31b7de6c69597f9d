"""旧卷 — dossiers that exist on paper only: scanned by one person, compared by another, listed, chained, kept.

Legal basis: 档案法 37–39 (an electronic copy keeps the whole process traceable); DA/T 31 (纸质档案数字化: scan, list,
compare). A digitised copy says that it is one, by whom it was scanned and who compared it with the paper.
Read ``rules.py`` (the road of a copy), ``checking.py`` (what is taken for a page), then ``commands.py``.
"""
