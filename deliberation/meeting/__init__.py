"""会议 — 通知、签到、发言、举手、记录。Meetings: notice, who came, who spoke, hands raised, minutes signed.

Everybody who is expected has a seat from the moment the meeting is called: one for each voice on the
roll of an assembly, one for each holder of the invited offices, one for each named guest. Whoever
comes is checked in once, by whom and when stays on record, and the quorum is counted from it.
Read ``workflow.py`` and ``rules.py`` first, then ``arranging.py``, ``attending.py``, ``polling.py``.
Law: 城市居民委员会组织法 (2025) 26–29, 32; 物业管理条例 14; 民法典 165, 278; 关于加强城乡社区协商的意见 (2015).
"""
