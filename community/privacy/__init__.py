"""隐私 — masking, encryption at rest and keyed look-ups. Keys live outside the database.

Source: 个人信息保护法 art. 51, 民法典 1034.
"""
