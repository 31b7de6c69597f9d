"""What ``heyi doctor`` looks at: settings and where they came from, the machine, the database, mail, unfinished work.

Each check is a function that returns findings; it changes nothing. Read ``finding.py``, then ``rounds.py``.
"""
