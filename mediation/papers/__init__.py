"""文书 — numbers of papers: given in order, one line each, never taken away; voided with a reason, mended by another.

Legal basis: 司发通〔2010〕239号 (numbers by body and year, the forms); 档案法 37–39 (each paper traceable). A number
and what it is for are written in one commit, so there is no number without a paper and no paper without a number.
Read ``rules.py`` (what papers there are), ``numbering.py``, then ``commands.py``.
"""
