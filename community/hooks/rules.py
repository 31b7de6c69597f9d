"""Where a call may go, how it is signed, and when it is tried again. Nothing here does I/O.

Source: Standard Webhooks 1.0 (``id.timestamp.body``, HMAC-SHA256, ``v1,`` and base64); RFC 6890 (what is public).
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from community.errors import Unfit
from community.rights import STAFF, Right, Role, may

PREFIX: Final = "whsec_"
URL_MOST: Final = 300
HOOKS_MOST: Final = 5
"""Addresses in force per person."""
PAUSES: Final = tuple(timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""Rests after each vain attempt: three days in all, then it is given up."""

TEST: Final = "hook.test"
"""The kind of a call that tells nothing, to try an address."""
TEST_PAUSE: Final = timedelta(minutes=1)
TAKEN: Final = range(200, 300)
"""Answers that mean: we have it."""


class CallStanding(StrEnum):
    """What became of a call."""

    WAITING = "waiting"  # 等着发
    AGAIN = "again"  # 没收，会再发
    HELD = "held"  # 暂停着，恢复以后再发
    TAKEN = "taken"  # 对方收到了
    GIVEN_UP = "given-up"  # 发了很多次都没收，不再发
    DROPPED = "dropped"  # 地址停用了，没有发


def standing(
    *, tries: int, status: int, due_at: datetime | None, done_at: datetime | None, paused: bool, ended: bool
) -> CallStanding:
    """Return where a call stands, of what is kept about it and its address.

    >>> standing(tries=1, status=204, due_at=None, done_at=datetime(2026, 5, 4), paused=False, ended=False)
    <CallStanding.TAKEN: 'taken'>
    """
    if done_at is not None:
        return CallStanding.TAKEN if status in TAKEN else CallStanding.DROPPED
    if ended:
        return CallStanding.DROPPED
    if due_at is None:
        return CallStanding.GIVEN_UP
    if paused:
        return CallStanding.HELD
    return CallStanding.AGAIN if tries else CallStanding.WAITING


def may_hang(roles: Iterable[Role]) -> bool:
    """Return whether somebody in these roles may name addresses: an office that may use programs, no resident."""
    held = frozenset(roles) & STAFF
    return may(held, Right.API_TOKEN)


def new_secret() -> str:
    """Return a fresh secret of 192 bits in the form that libraries of receivers read."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signature(secret: str, call_id: str, timestamp: int, body: str) -> str:
    """Return the signature of one call; ``timestamp`` in whole seconds, so that an old call cannot be played again.

    >>> signature("whsec_MDEyMw==", "msg_1", 1700000000, "{}")
    'v1,Wd5WFyJwTvL6sLUDiouJtt2ye9e7IOTzWEbxdnEecJg='
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    told = hmac.digest(key, f"{call_id}.{timestamp}.{body}".encode(), hashlib.sha256)
    return "v1," + base64.b64encode(told).decode()


def fit_address(url: str, *, loopback: bool) -> str:
    """Return an address that may be called, as written.

    Args:
        url: https, a host, no name or password in it.
        loopback: whether this very machine, over http too, will do (development alone).

    Raises:
        Unfit: it is none, or points inside.
    """
    parts = urlsplit(url.strip())
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.username or parts.password or len(url) > URL_MOST or port == 0:
        raise Unfit("请写完整的网址，例如 https://hook.example.cn/heyi，不带用户名和密码。", field="url")
    if loopback and host in ("127.0.0.1", "localhost", "::1") and parts.scheme in ("http", "https"):
        return url.strip()
    if parts.scheme != "https":
        raise Unfit("回调地址要用 https。", field="url")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or _inside(host):
        raise Unfit("回调地址要在公网上，不能是本机或者内网。", field="url")
    return url.strip()


def public(address: str) -> bool:
    """Return whether an IP address is reached over the public net; embedded IPv4 addresses count as themselves.

    >>> public("8.8.8.8"), public("10.1.2.3"), public("169.254.169.254"), public("::ffff:127.0.0.1"), public("::1")
    (True, False, False, False, False)
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast


def _inside(host: str) -> bool:
    try:
        return not public(host)
    except ValueError:
        return False


def rest(tries: int) -> timedelta | None:
    """Return how long to wait after the ``tries``-th vain attempt; nothing when it is given up.

    >>> rest(1), rest(9), rest(10)
    (datetime.timedelta(seconds=5), datetime.timedelta(days=1), None)
    """
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
