"""调解笔录 — what was said at a meeting, as each party confirms it entry by entry; signed, sealed, never overwritten.

Legal basis: 人民调解法 27 (调解情况的记录); 人民法院特邀调解规定 22 (让步不作为证据); 在线调解规则 18, 22.
Only lines of the joint talk can be chosen; what was said alone, the mediator's own notes and offers have no way in.
Read ``rules.py`` first, then ``text.py``, ``writing.py``, ``speaking.py``, ``sealing.py``.
"""
