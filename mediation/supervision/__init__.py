"""督办 — the centre or the justice office asks a committee about a case: a card, a day, an answer, whether it will do.

Ladder: a yellow card turns red when nobody answers by its day. Legal basis: 人民调解法 5 (指导).
Read ``rules.py`` (the table of the card), then ``commands.py``.
"""
