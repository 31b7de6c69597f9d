"""讨论 — what people say about a matter: for, against, or to add something; two levels deep.

Read ``commands.py`` first. Hiding is the moderation room's business; what is hidden
keeps its place and says so. Law: 城市居民委员会组织法 (2025) 32 (协商).
"""
