"""调解室的门面 — the page of a room and its live link.

``pages.py`` shows and takes words without JavaScript; ``talk.py`` is one socket
and ``ends.py`` how it closes, ``feed.py`` the reader that all
sockets of a room in this process share, ``board.py`` the rooms that are open and who is checked every second.
"""
