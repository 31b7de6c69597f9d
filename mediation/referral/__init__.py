"""移交 — a case goes to an organisation on another track: asked, sent with its papers, taken or sent back.

Until the receiver takes it the sender answers for it (首接负责); every case has one owner and one clock at any moment.
Legal basis: 个人信息保护法 23 (a separate consent, or a duty by law), 人民调解法 25–26, 信访工作条例 23 (sending back).
Read ``rules.py``, then ``sending.py``, ``answering.py``, ``ruling.py``; ``package.py`` says what may go along.
"""
