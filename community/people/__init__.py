"""人 — accounts, sign-in, sessions, second factor, and the roles people hold.

A role is always held in a place or an organisation and for a time
(``Holding``). Read ``models.py``, then ``roles.py``, then ``rules.py`` and
``signin.py``; each other module is one capability with its commands.
Source: 个人信息保护法 arts 6, 14, 17, 51; OWASP ASVS 5.0 chapters 6–7.
"""
