"""约时间 — when and where a case is talked over: the mediator offers times, everybody says which suit, one is fixed.

Legal basis: 人民调解法 22, 23 (on the spot and in time; nobody is made to come); 在线调解规则 16 (online).
Looking at a link answers nothing. An applicant who is afraid gets no mail and is never asked to sit at one table
unless she wished it. Read ``rules.py`` first, then ``offering.py``, ``answering.py``, ``attending.py``.
"""
