"""付了没有 — one side says that a promise was kept, the other says it was not: what was said, proved and seen.

Legal basis: 人民调解法 31 (the committee supervises performance), 32 (who denies performance may sue). Nobody but whom
a promise was made to says that it was kept; a visit writes down what was seen and decides nothing; silence is no yes.
Read ``rules.py`` (the road of a claim), then ``commands.py``.
"""
