"""受理 — filing, the question whether everybody wants mediation, and acceptance with a number.

Legal basis: 人民调解法 17–18, 23; 诉讼时效规定 12 (filing interrupts limitation: ``filed_at`` never changes);
个人信息保护法 13–17. Read ``commands.py`` (the committee's side), then ``consent.py`` (the parties' side).
"""
