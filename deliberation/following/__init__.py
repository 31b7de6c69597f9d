"""关注 — who hears of a matter or of a place. Following: those who had a hand in it, and whoever asks to.

Those who had a hand in a matter follow it by themselves and may stop; a place is followed by kind of news.
Read ``rules.py``, then ``queries.py``. Nobody sees who follows what: it is between the reader and the site.
"""
