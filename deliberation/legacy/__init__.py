"""旧事 — proposals and their comments brought along from another platform, to be read and searched.

They are history: archived on arrival, open to nobody's vote. Their writers get closed accounts that
carry a number and no name. Read ``sheets.py`` (the two files), then ``commands.py``.
"""
