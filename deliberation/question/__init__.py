"""问题 — 表决问的是什么：赞成反对、选一个、选几个人、认可、打分、排序。What a ballot asks.

Law: 民法典 278 条（业主）, 城市居民委员会组织法 8、13、19、27 条, 村民委员会组织法 8 条. Who is elected needs over half
and a place in the top N; the law asks for a secret vote on residents' and villagers' committees, so that here such a
vote may only prepare one. Approval, scores and rankings are for asking opinions: they bind nobody.

Read `rules.py` first (which kinds there are and what each may decide), then `marks.py` (what a paper may say) and
`answers.py` (what the papers add up to). The ballot keeps its own road for every kind: notice, window, one vote a
head, two tellers, ledger, result.
"""
