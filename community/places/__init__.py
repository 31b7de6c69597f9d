"""地方 — street › community › grid › building › unit, households, floor areas and who owns what.

Read ``rules.py``; then ``sheet.py`` → ``tree.py`` → ``planting.py`` for trees of places, ``sheet.py`` → ``roll.py``
→ ``rolling.py`` → ``enrolling.py`` for rolls, and ``slips.py`` → ``standing.py`` for matching accounts with a roll.
Areas are integers of 0.01 m², shares a numerator over a denominator.
Source: 民法典 271–278 and the 2020 interpretation arts 8–9 (专有部分面积, 业主人数).
"""
