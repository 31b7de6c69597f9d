"""票站：给不用网站的人投票的几种办法——纸票、纸条上的投票码、现场平板、上门帮办；扫楼只看谁还没投，从不看怎么投。

Polling: ways to vote without the site: printed sheets read twice, codes on slips, a kiosk, a helper at the door with a
witness; and the view of who has not taken part, never how anybody voted. Legal basis: 民法典 278 (参与表决),
最高法建筑物区分所有权解释 9 (one head, one vote), 个人信息保护法 6 (no more than needed).
Read first: ``rules.py`` (what may become of a sheet), ``entering.py`` (two readings), ``slips.py``.
"""
