"""调解室 — where a case is talked over: everybody together, or one side alone with the mediator.

Legal basis: 人民调解法 15(四), 22 (讲解、疏导、保密); 人民法院在线调解规则 20, 29.
A room is read by membership alone, for an interval of its numbered lines; a one-sided talk is a room
of its own with a key of its own, never a mark on a line. A line gets the next number of its room in the
transaction that stores it, so numbers have no gaps and commit in order; whoever lost the link asks for
what came after the last number seen. A recall is a numbered line too, so that it reaches them the same way.
A mediator may ask somebody to say nothing in the joint talk for a while, at most half an hour (``muting.py``).
A card is a line that asks something: times, a proposal, a fact, a consent (``cards.py``, ``replying.py``,
``carrying.py``).
Read ``rules.py`` first, then ``lines.py``, ``opening.py``, ``commands.py``.
"""
