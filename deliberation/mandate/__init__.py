"""委托 — 谁替谁投票，能不能自己拿主意，什么时候收回。Mandates: who votes for whom, how, and until it is withdrawn.

Law: 民法典 161、165 条（书面委托：受托人、事项、权限、期限、签名）; 居委会法 19 条（每人不超过三人）; 潍坊 32、
上海 18、达州 13、聊城 17; 委员会开会不得委托（杭州 29）.

Read `rules.py` first (the table of what is allowed where), then `commands.py`. A mandate is for one ballot and one
voice, never passed on, and withdrawn at will until it is used; the principal's own later vote takes its place.
"""
