"""Everything that speaks to the outside: pages, sockets, mail text and the ``heyi`` command.

Imports the domain packages; no domain package imports it.
"""
