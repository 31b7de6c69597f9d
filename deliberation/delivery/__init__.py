"""送达 — 谁拿到了表决票，怎么送的，凭什么说送到了。Service of the ballot: who was reached, how, and on what proof.

Law: 民法典 278 条 2 款（参与表决）; 四川省物业管理条例 31 条; 达州 14、秦皇岛 22 至 23、聊城 16（签收、登录、张贴）;
(2022)沪02民初16号（从多要有送达证明和明确提示）.

Read `rules.py` first (which proof a way of delivery brings along), then `commands.py`. Nothing here tells how
anybody voted. `queries.counted` is what the count reads: without it silence means nothing.
"""
