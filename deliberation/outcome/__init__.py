"""结果 — what came of it: decisions published, and the figures that anybody may check. What was decided, in the open.

The result itself is found by the tellers (ballot room) and shown for its days by the clock.
Read ``queries.py``. Law: 城市居民委员会组织法 (2025) 34 (公开).
"""
