"""令牌 — a program acts for a person, within named scopes and for a time, and may safely ask twice.

A token is shown once and stored as its hash. A write that carries an idempotency
key is done once; asked again, the kept reply is given again. Read ``rules.py``,
``models.py``, then ``commands.py`` and ``replies.py``.
Source: RFC 6750 (bearer tokens); OWASP ASVS 5.0 chapter 9.
"""
