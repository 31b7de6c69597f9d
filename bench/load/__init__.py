"""Load: page list, page detail, vote and chat, each beside a bare handler that does the least for it.

``python -m bench.load --engine sqlite|postgres`` fills a database, serves it under the settings of production and,
from a process of its own, with ``bench/bare.py`` under the same uvicorn settings. Both are asked in turns (A B A B),
and what counts is the CPU time, for each request, of the server's process and of those in which PostgreSQL serves its
connections; rates and waiting times are told beside it, and depend on the machine.
Read ``stage.py``, ``wire.py``, ``measure.py``, then ``chat.py``.
"""
