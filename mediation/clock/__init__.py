"""期限 — what happens when a day comes: reminders, endings that the law or our word sets, and why a day is that day.

Legal basis: 民法典 200–204, 民事诉讼法 85 (counting); 医疗纠纷条例 38, 40 (a hard period); 若干规定 33 (a soft one).
How long each part may take is said in ``mediation/case/periods.py``, and the ledger is kept in
``mediation/case/turning.py``. Read ``striking.py`` (a stage of a period comes), then ``endings.py`` (one is over).
"""
