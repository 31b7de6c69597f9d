"""人 — accounts, sign-in, sessions, second factor, and the roles people hold.

A role is always held in a place or an organisation and for a time
(``Holding``). Read ``models.py``, then ``roles.py``, then ``signin.py``.
Source: 个人信息保护法 arts 6, 51; OWASP ASVS 5.0 chapters 6–7.
"""
