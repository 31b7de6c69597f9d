"""议事主体 — 居民会议、业主大会…，它的名册和每一票。Assemblies, their frozen rolls and the heads on them.

A roll is frozen from the places room: one head per exact set of owners, or per
resident, or per household; areas are integers of 0.01 m². Who may act for a head
is kept as rows of the residents' roll, so that an account opened later still votes.
An upheld objection makes a new version (``correcting.py``), who speaks for a household is declared for a
period (``households.py``). Read ``rules.py`` first, then ``commands.py``.
Law: 民法典 278; 建筑物区分所有权解释 8–9; 城市居民委员会组织法 (2025) 17, 26–29.
"""
