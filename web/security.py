"""Guards around every request: where it comes from, what the answer may load, how big it may be."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "media-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
YEAR: Final = "max-age=31536000; includeSubDomains"


class CrossOriginGuard:
    """Refuses writes and sockets that another site's page started.

    ``Sec-Fetch-Site`` decides where a browser sends it, else ``Origin``
    against ``Host``. Source: OWASP CSRF cheat sheet, Fetch Metadata.
    """

    def __init__(self, app: ASGIApp, trusted: Iterable[str] = ()) -> None:
        self.app, self.trusted = app, frozenset(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer 403 (1008 for a socket)."""
        if scope["type"] not in ("http", "websocket") or not self._foreign(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("cross-origin request refused", 403)(scope, receive, send)

    def _foreign(self, scope: Scope) -> bool:
        if scope["type"] == "http" and scope["method"] in SAFE:
            return False
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        if origin in self.trusted:
            return False
        site = headers.get(b"sec-fetch-site")
        if site is not None:
            return site not in (b"same-origin", b"none")
        return bool(origin) and origin.split("://", 1)[-1] != headers.get(b"host", b"").decode("latin-1")


class PlainAddress:
    """Refuses addresses with control characters, before any of them reaches a database that cannot store them.

    Source: trust.md H11; PostgreSQL has no NUL in text.
    """

    REFUSAL: Final = "地址里有看不见的字符，请从首页重新打开。 The address holds characters that cannot be read."

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer 400 (1008 for a socket)."""
        if scope["type"] not in ("http", "websocket") or _plain(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(self.REFUSAL, 400)(scope, receive, send)


def _plain(scope: Scope) -> bool:
    path, query = str(scope["path"]).encode(), unquote_to_bytes(scope["query_string"])
    return not any(byte < 32 or byte == 127 for byte in path) and not any(  # noqa: PLR2004 - ASCII's controls
        byte < 32 and byte not in b"\t\n\r"  # noqa: PLR2004
        for byte in query
    )


class TooLarge:
    """Says in a sentence what Starlette's limit says in three words; it stands before every other layer."""

    SENTENCE: Final = (
        "发来的内容太大了，请分几次发，或者把照片压小一些。 "
        "What you sent is too large: please send it in parts, or make the pictures smaller."
    )

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, putting the sentence in the place of a bare 413."""
        bare = False

        async def in_words(message: Message) -> None:
            nonlocal bare
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                bare = MutableHeaders(scope=message).get("content-type", "").startswith("text/plain")
            if not bare:
                await send(message)
            elif message["type"] == "http.response.body":
                await PlainTextResponse(self.SENTENCE, 413, headers=HEADERS)(scope, receive, send)

        await self.app(scope, receive, in_words)


class SecurityHeaders:
    """Puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self.app = app
        ours = {**HEADERS, **({"Strict-Transport-Security": YEAR} if https else {})}
        self.headers = [(name.lower().encode(), value.encode()) for name, value in ours.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers to the start of the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                named = {name for name, _ in given}
                message["headers"] = given + [each for each in self.headers if each[0] not in named]
            await send(message)

        await self.app(scope, receive, with_headers)
