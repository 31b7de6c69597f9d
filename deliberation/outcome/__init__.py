"""结果 — what came of it: carried out step by step, judged by those who asked for it, watched by those who oversee.

Who does it, for how much, until when; each step with its proof, each delay marked by the clock; then everybody
who seconded or voted is asked whether it is good. 监事: notes that must be answered by a day. Read ``rules.py``,
then ``doing.py`` (办事), ``judging.py`` (评事), ``watching.py`` (监事), ``queries.py`` for pages.
Law: 城市居民委员会组织法 (2025) 32、34；民法典 280.
"""
