"""代办：授权、要办的事、每周抽样回访、停办。

Assisted use: somebody from the office acts for a resident who asked for it, with an authorisation on record, and a
part of what was done is asked after by telephone. Legal basis: 民法典 165 (what an authorisation says), 168 (nobody
acts for another with themself), 173 (it ends when it is taken back); 个人信息保护法 29 (a voice or a fingerprint is
kept only with separate consent, and only those see it who must); 无障碍环境建设法 39, 40 (help by a human being).
Read first: ``rules.py`` (limits, the table of what nobody may do, the lot), ``models.py``, ``commands.py``.
"""
