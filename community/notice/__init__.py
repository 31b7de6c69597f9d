"""通知：谁该知道什么。站内收件箱、寄信队列、收信习惯（立即、每天、每周、不收）和退订。

Who is told what: the inbox, the mail queue, how often a person wants mail, and unsubscribing.
Mail about a case never names the opponent, the facts or an amount. Legal basis: 个人信息保护法 art. 5, 6
(no more than needed), 互联网电子邮件服务管理办法 (unsubscribing); RFC 8058 (one-click), RFC 5321 §4.5.4.1 (retries).
Read first: ``rules.py``, then ``commands.py`` (`tell`) and ``mail.py`` (`queue_mail`).
"""
