"""日历 — working days with 调休, and how a legal period is counted to its last day.

Legal basis: 民法典 200–204; 民事诉讼法 85; 全国年节及纪念日放假办法 (2024).
Read ``rules.py`` first; ``known.py`` and ``parse.py`` say where the days off come from.
"""
