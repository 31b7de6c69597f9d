"""Calling other bodies' servers: names are looked up first, only public addresses called, no redirect followed."""

import asyncio
import contextlib
import http.client
import ipaddress
import socket
import ssl
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from community.errors import Unfit
from community.hooks.models import HookCall
from community.hooks.rules import TAKEN, fit_address, public, signature
from community.hooks.sending import claim, noted
from community.privacy import vault
from web.settings import Settings

BATCH: Final = 10
TIMEOUT: Final = 8.0  # seconds; ten of them stay below a lease


class Caller:
    """Makes the calls that are due."""

    def __init__(self, settings: Settings) -> None:
        self._loopback = settings.development

    async def call_due(self, at: datetime) -> int:
        """Make a batch of calls and return how many were tried."""
        calls = await claim(at=at, limit=BATCH)
        for call in calls:
            status = 0 if call.hook.ended_at else await self._one(call, at)
            await noted(call, status=status, taken=status in TAKEN, at=at)
        return len(calls)

    async def _one(self, call: HookCall, at: datetime) -> int:
        secret = vault.unlock(call.hook.secret, about=call.hook.about)
        stamp = int(at.timestamp())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Heyi-Webhook/1",
            "Webhook-Id": call.code,
            "Webhook-Timestamp": str(stamp),
            "Webhook-Signature": signature(secret, call.code, stamp, call.body),
        }
        try:
            fit_address(call.hook.url, loopback=self._loopback)
            return await asyncio.to_thread(post, call.hook.url, call.body, headers, loopback=self._loopback)
        except (OSError, http.client.HTTPException, Unfit):
            return 0


def post(url: str, body: str, headers: dict[str, str], *, loopback: bool) -> int:
    """Send ``body`` and return the status. The address that was checked is the one that is called (no rebinding).

    Raises:
        OSError: no such host, an address inside, no answer in time, a bad certificate.
        http.client.HTTPException: what answers speaks no HTTP.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = reachable(host, port, loopback=loopback)
    with contextlib.closing(socket.create_connection((address, port), TIMEOUT)) as plain:
        wire = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        line = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        line.sock = wire
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with contextlib.closing(line):
            line.request("POST", path, body.encode(), headers)
            return line.getresponse().status


def reachable(host: str, port: int, *, loopback: bool) -> str:
    """Return an address of ``host`` that may be called; raises `OSError` when any of its addresses lies inside."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    here = loopback and all(ipaddress.ip_address(each).is_loopback for each in found)
    if not here and not all(public(each) for each in found):
        raise OSError("an address inside")
    return found[0]
