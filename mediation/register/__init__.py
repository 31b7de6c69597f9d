"""调解员名册 — the register of mediators: term, kinds of dispute known, languages and dialects, training.

Legal basis: 人民调解法 14 (定期培训), 16 (任期); 人民调解法 8 (三年一届).
Ethnicity is not kept. Read ``rules.py``, then ``commands.py``.
"""
