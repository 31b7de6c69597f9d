"""票据日志 — 每张票一片叶子，只增不改，谁都可以核对。The ledger of papers: one leaf each, only ever added to.

Law: 民法典 280 条 (owners may ask a court to undo a decision, so what was handed in must be provable),
RFC 9162 (the tree and its proofs), RFC 8032 (the signatures).

Read `rules.py` first: what a leaf is, what a checkpoint says. `commands.py` puts papers in and signs, `queries.py`
proves, `masking.py` takes names and doors off a roll, `bundle.py` packs what anybody may download to count again.
"""
