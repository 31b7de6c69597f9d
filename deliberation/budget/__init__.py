"""参与式预算 — projects with costs, ballots over them, and two ways to choose within one sum. Participatory budgeting.

Read ``rules.py`` (what a round is), then ``greedy.py`` (most votes first) and ``equal_shares.py`` (each voter an
equal share), which are told side by side. ``pabulib.py`` reads and writes the common file format of the field.
Law: 城市居民委员会组织法 (2025) 32, 34.
"""
