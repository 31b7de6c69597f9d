"""Pages go out packed: gzip at its fastest, with a head of random length.

Packing may give a secret away to whoever can put guesses into a page and watch how long it gets on the line (BREACH).
Pages hold no token to guess, since `security.CrossOriginGuard` asks the browser where a form comes from, and the
session cookie does not go along with what another site loads (SameSite). What private words a page holds are hidden
by the random length (Heal the BREACH, RFC 1952 2.3.1: the name of the file in the head).
"""

import secrets
import struct
import zlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST: Final = 1024  # bytes; what is shorter fits into one packet anyway
PADDING: Final = 48  # bytes at most, twice for hex
HEAD: Final = b"\x1f\x8b\x08\x08\0\0\0\0\x04\xff"
KINDS: Final = ("text/html", "application/json", "text/csv")


def packed(body: bytes) -> bytes:
    """Return ``body`` as a gzip file whose name is random.

    >>> import gzip
    >>> gzip.decompress(packed("和议".encode() * 9)) == "和议".encode() * 9
    True
    """
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    name = secrets.token_hex(secrets.randbelow(PADDING)).encode() + b"\0"
    end = struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return b"".join((HEAD, name, squeeze.compress(body), squeeze.flush(), end))


class Packed:
    """Packs pages for browsers that can unpack them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, packing an answer that comes in one piece."""
        able = scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        await self.app(scope, receive, _packing(send) if able else send)


def _packing(send: Send) -> Send:
    held: list[Message] = []

    async def pack(message: Message) -> None:
        if message["type"] == "http.response.start" and _packable(Headers(raw=message["headers"])):
            held.append(message)
            return
        if held:
            start = held.pop()
            if not message.get("more_body") and len(message.get("body", b"")) >= LEAST:
                message = {**message, "body": packed(message["body"])}
                headers = MutableHeaders(raw=start["headers"])
                headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(message["body"]))
            MutableHeaders(raw=start["headers"]).add_vary_header("Accept-Encoding")
            await send(start)
        await send(message)

    return pack


def _packable(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith(KINDS) and "content-encoding" not in headers
