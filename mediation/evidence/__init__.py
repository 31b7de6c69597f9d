"""证据 — what a side brings to show that it is so: for the mediator first, for the others when its owner says so.

Legal basis: 民事诉讼法 66 (the kinds, by analogy), 电子签名法 8, 民事证据规定 93 (originals kept whole);
人民调解法 15(四); 医疗纠纷条例 34–37 (appraisal, conflicts of experts); 个人信息保护法 28–29 (health data).
Files lie locked with the key of their case: the original as it came, and of pictures a copy drawn anew, which is what
is shown. Who reads what follows from the matrix in ``mediation/case/access.py``. Read ``rules.py``, ``queries.py``,
``commands.py``, then ``appraising.py`` (an expert is asked).
"""
