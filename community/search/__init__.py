"""搜索：大家看得见的文字，两个字也找得到。 Search: public words are found, by two Chinese characters or by one.

Nothing is found that a visitor may not read: a row stands here only while its thing is public and not hidden, and
it is written in the transaction that changes the thing (个人信息保护法 6, 最小必要). Both engines give the same hits
in the same order. Read ``rules.py`` first (what a word is, what fits, what comes first), then ``content.py`` (how a
room offers its texts), ``keeping.py`` (the writing), ``queries.py`` (the finding) and ``similar.py``.
"""
