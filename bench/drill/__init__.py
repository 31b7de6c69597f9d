"""The crash drill: clients vote and chat while the server is killed and requests are cut off; nothing may be lost.

``python -m bench.drill --engine sqlite --rounds 100 --clients 10 --cut 200`` builds a small neighbourhood with an open
ballot and quarrels under way, serves it with ``heyi serve``, lets clients vote over HTTP and chat over sockets,
kills the server with SIGKILL again and again, cuts requests off in the middle, and then counts: every acknowledged
write is there exactly once, nothing is there twice, numbers have no gaps, the sealed record is whole; then the ballot
is closed and counted, promises are held against the ledger, and the standalone verifier counts the bundle again.
Read ``workload.py``, then ``voting.py``, ``chatting.py`` and ``night.py``.
"""
