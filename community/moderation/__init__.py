"""审核：举报、收起与理由、四眼、申诉、到时自动恢复、公开的处理记录。

Reports, hiding with a reason, four eyes for what many have signed, appeals to somebody else, restoring by itself
when a clock runs out, and a public log without names. Criticism is no reason: there is no code for it.
Legal basis: 网络信息内容生态治理规定 art. 10, 16; 网络安全法 art. 47, 49; models: Santa Clara Principles 2.0,
DSA art. 17, 20, 24. Read first: ``rules.py`` (codes and moves as tables), then ``content.py`` (how a room takes part).
"""
