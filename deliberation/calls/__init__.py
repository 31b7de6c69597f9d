"""吹哨与答复 — offices are asked in public, by a day, and answer in public; what is late is shown as late.

``asking.py`` 街道吹哨 (a question to departments, to report back by a day) and 请求答复 (the official answer, due
in working days by preset); ``answering.py`` the answer; ``chasing.py`` what the clock does.
Law: 城市居民委员会组织法 (2025) 32 (adopt, carry out, give feedback in time); own presets where it names no number.
"""
