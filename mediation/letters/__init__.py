"""信件 — who has no account hears by letter: it waits here, is printed, posted or handed over, and comes to an end.

Legal basis: 人民调解法 17, 22 (whom one asks and tells); 民事诉讼法 87-92 as the measure for handing over, with a
signed receipt, or a witness where it is left. A letter says what a mail would: nothing of the matter or of amounts.
Read ``rules.py`` (states and ways), then ``writing.py`` (how one comes to wait), then ``commands.py``.
"""
