"""全过程记录 — what happened, who did it, who still has to be told, and the seal on all of it.

`command` is the only way to write: one function, one transaction, at least one
`record`-ed event. Read ``transaction.py`` first, then ``outbox.py``, ``seal.py``.
Source: 居民委员会组织法 (2025) art. 34 (公开), 人民调解法 art. 27 (记录).
"""
