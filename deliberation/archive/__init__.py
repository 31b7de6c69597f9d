"""归档 — everything about one matter in one package that anybody can check against the record.

The package is a ZIP of plain files with a cover, a manifest of SHA-256 sums and a root hash; the root stands in the
record. Two are built: one without names for residents, the whole one for those who keep and oversee the files.
Read ``rules.py`` (what a complete file holds), ``package.py`` (deterministic bytes, verification), ``gathering.py``.
Law: 中华人民共和国档案法 (2020) 13、14；城市居民委员会组织法 (2025) 34；建筑物区分所有权解释 12.
"""
