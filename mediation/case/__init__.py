"""案件 — one dispute from the first word to the archive: its road, its periods, its numbers and its query code.

Legal basis: 人民调解法 17–33; 特邀调解规定; 人民法院在线调解规则.
Read ``states.py`` first, then ``workflow.py``; the rows themselves stand in ``opening.py``, ``talking.py``
and ``keeping.py``; ``deadlines.py`` says how long each part may take.
"""
