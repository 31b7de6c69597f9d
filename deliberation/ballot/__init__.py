"""表决 — 规则、名册、点票、结论。The ballot: dated vote rules, the frozen roll, the count and what it decides.

Law: 民法典 278–280 条（业主）, 城市居民委员会组织法 19、27、29 条, 村民委员会组织法 18、26、30、32 条.
What counts is pure: it reads no clock and no database, and never counts in floats.

Read `rules.py` first (what a rule is), then `decide.py` (how it speaks). Call, in this order:

    rule = packs.rule("civ278.general", on=voting_day)      dated data → one `DecisionRule`
    roll.Roll(electorate, entries)                          the frozen roll; area in 0.01 m²
    heads.denominators(roll, rule)                          heads and area of everybody; who is one head
    count.tally(roll, deliveries, votes, rule, question=q)  piles of votes, last one counts
    decide.decide(tally, rule, on=voting_day)               outcome and lines: fraction, article, met, missing

A vote names the head (`heads.head_key` of the owners), the co-owner who cast it alone if one did, and an order.
`count.by_hand` is the same tally for raised hands. `simulate`, `compare`, `lint` and `certify` answer
what if, which reading, is the rule sound, and prove it. `election.elect` fills several seats.
Nothing here guesses: whatever cannot be known makes the outcome UNDECIDABLE, with the reasons.

On the database: `announcing` freezes rule, roll and words and issues one blank vote a head, `casting` takes papers
(the last of a voice counts), `running` is what the clock does, `counting` wants two tellers to find the same,
`passes` are the links by which people vote without signing in, `frozen` reads back what was frozen.
"""
