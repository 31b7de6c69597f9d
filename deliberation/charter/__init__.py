"""议事规则 — a body's own rules of procedure: versions of clauses, each with its article, none looser than the law.

A version is adopted by a decided ballot or taken down from a registered paper with its hash; it is never changed, and
the one in force on the day of a notice is frozen with the ballot. ``rules.py`` says what a clause may be about,
``overlay.py`` lays clauses over the rule of the law, ``checking.py`` says what is wrong with them. Read these in turn,
then ``commands.py``. Law: 民法典 278; 物业管理条例 18; 建筑物区分所有权解释 2、8、9; 城市居民委员会组织法 (2025) 26–29.
"""
