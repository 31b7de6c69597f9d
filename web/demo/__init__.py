"""示范小区 — a made-up neighbourhood at work, built only through commands, so that it obeys every rule.

Everybody in it is fictional: names are drawn from lists of our own, addresses end in ``example.org``.
Read ``town.py`` (places and roll), ``people.py`` (accounts and offices), ``matters.py`` and ``cases.py``.
"""
