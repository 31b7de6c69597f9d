"""一件事 — 从草拟、附议、受理、研究、议事、定稿、公示到表决和公布。The life of a proposal.

``workflow.py`` is the whole road as one table, read by guards, buttons and tests.
Writes: ``drafting.py`` (draft, revise, submit, withdraw), ``seconding.py`` (附议),
``screening.py`` (accept, return, study), ``hosting.py`` (sessions, 定稿), all through
``moving.py``, the one compare-and-swap. The vote itself is the ballot room's.
Law: 城市居民委员会组织法 (2025) 26–34; 民法典 278, 280; 物业管理条例 13–14.
"""
