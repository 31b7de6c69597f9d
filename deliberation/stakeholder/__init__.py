"""利益相关方与利益关系申报 — who is asked to the table by role, and who has a stake of their own in a matter.

``inviting.py`` asks a role to take part and takes its position; ``declaring.py`` keeps the declarations of
author, host, clerk and tellers. The words are not fixed before author and host have declared.
Law: 城市居民委员会组织法 (2025) 32; 《关于加强城乡社区协商的意见》(2015).
"""
