"""回调 — another body's server is told what became of what it handed over: signed, again until taken, only in public.

Legal basis: 个人信息保护法 23, 51 (nothing of a person goes out); format after Standard Webhooks 1.0 (RFC 2104 HMAC).
Read ``rules.py``, then ``sending.py``; the wire is in ``web/hooks.py``.
"""
