"""满意度 — what the parties say afterwards of how they were treated; the mediator never learns who said it.

Legal basis: 人民调解法 2, 13 (civil, fair); 司发通〔2010〕239号 (回访).
Read ``rules.py``, then ``commands.py``.
"""
