"""当事人 — in what capacity each party acts, and who stands beside them: guardian, representative, interpreter, group.

Legal basis: 民法典 17–24, 34–39, 163–165; 民事诉讼法 56–57, 61–62 (by analogy); 人民调解法 20, 23; 未成年人保护法 103.
Read ``rules.py``, then ``commands.py``.
"""
