"""隐私 — 谁看过一件纠纷的什么、两人同意的临时查阅、当事人同意过什么。

Who read what of a case, opening for some minutes by two people, and what the parties consented to.
Legal basis: 个人信息保护法 14–17, 44, 51, 54; 人民调解法 15(四). Read ``rules.py`` first, then ``commands.py``;
what may be read at all stands in ``mediation/case/access.py``.
"""
