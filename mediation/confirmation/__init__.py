"""司法确认 — everybody bound by an agreement asks the court together to confirm it, so that it can be enforced.

Legal basis: 民事诉讼法 205–206, 250; 人民调解法 33; 民诉法解释 351–358; 人民调解协议司法确认程序若干规定.
Read ``rules.py`` first (the road of an application), then ``grounds.py`` (what a court takes, which court, on which
grounds it says no), ``applying.py`` (the parties' deeds) and ``ruling.py`` (the court's).
"""
