"""Saying "something moved" to whoever listens in this process, after the commit. Hints carry no facts.

Domain code calls `hint`; the web layer listens and looks the facts up itself, as the person who is to see them.
"""

from collections.abc import Callable
from functools import partial

from community.record.transaction import after_commit

Listener = Callable[[str, str], None]

_listeners: list[Listener] = []


def hint(topic: str, what: str = "moved") -> None:
    """Tell the listeners, once the running transaction is on disk, that ``what`` happened to ``topic``."""
    after_commit(partial(_tell, topic, what))


def listen(listener: Listener) -> None:
    """Call ``listener(topic, what)`` at every hint from now on; it must neither block nor fail."""
    _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """Stop calling ``listener``."""
    _listeners.remove(listener)


def _tell(topic: str, what: str) -> None:
    for listener in _listeners:
        listener(topic, what)
