"""公示 — what is hung up for everybody, for how many days, with a photograph as proof, and what was objected to it.

A publication has a kind (会前、名单、结果、实施、居务), hangs on the site and on boards with names, and cannot be
taken down before its days are over: there is no command for it. Rooms that publish call ``opening.py``.
Read ``rules.py`` (days and their articles), then ``opening.py``, ``objecting.py``.
Law: 城市居民委员会组织法 (2025) 17、26、34；物业管理条例 14.
"""
