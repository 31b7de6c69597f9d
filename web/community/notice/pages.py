"""The inbox, how one wants mail, and unsubscribing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.notice import commands, queries
from community.notice.models import Notice
from community.notice.rules import Rhythm, Topic
from web.community.notice import hours, outbox
from web.community.notice.forms import MailForm
from web.community.notice.tokens import read_token
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in
from web.text import whole

CHOOSABLE: Final = (Topic.MATTER, Topic.BALLOT, Topic.CASE, Topic.MODERATION)


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as the list shows it; ``said(line)`` speaks it in the reader's language."""

    notice: Notice

    @property
    def reason(self) -> str:
        """Return the message id."""
        return self.notice.sentence

    @property
    def facts(self) -> Mapping[str, object]:
        """Return the values for the names in it."""
        return self.notice.values


async def inbox(request: Request) -> Response:
    """List what the reader was told, newest first."""
    before = whole(request.query_params.get("before", ""))
    rows, more = await queries.inbox(signed_in(request), before=before)
    return await page(request, "community/notice/inbox.html", {"lines": [Line(row) for row in rows], "next": more})


async def open_one(request: Request) -> Response:
    """Mark one notice as read and go where it leads."""
    notice = await commands.read_one(signed_in(request), request.path_params["code"], at=now(request))
    return done(notice.url)


async def read_all(request: Request) -> Response:
    """Mark everything as read."""
    await commands.read_all(signed_in(request), at=now(request))
    return done("/inbox")


async def settings(request: Request) -> Response:
    """Show how the reader wants mail."""
    person = signed_in(request)
    held = {"rhythm": person.mail_digest, "topics": await queries.muted(person)}
    return await _settings(request, Filled(held, None, {}))


async def choose(request: Request) -> Response:
    """Keep how the reader wants mail."""
    person, filled = signed_in(request), await read(request, MailForm)
    if filled.data is None:
        return await _settings(request, filled)
    await commands.choose_mail(person, filled.data.rhythm, filled.data.topics, at=now(request))
    return done("/inbox")


async def _settings(request: Request, filled: Filled[MailForm]) -> Response:
    view = {"form": filled, "rhythms": list(Rhythm), "choosable": CHOOSABLE}
    return await page(request, "community/notice/settings.html", view, status=422 if filled.errors else 200)


async def ask_unsubscribe(request: Request) -> Response:
    """Show what would stop; looking changes nothing, because mail scanners follow links."""
    _, topic = await read_token(request.path_params["token"])
    return await page(request, "community/notice/unsubscribe.html", {"topic": Topic(topic), "stopped": False})


async def unsubscribe(request: Request) -> Response:
    """Stop it, without signing in: from the page, or from the mail reader's own button (RFC 8058)."""
    person, topic = await read_token(request.path_params["token"])
    await commands.unsubscribe(person, topic, at=now(request))
    return await page(request, "community/notice/unsubscribe.html", {"topic": Topic(topic), "stopped": True})


routes = [
    Route("/inbox", inbox, name="inbox"),
    Route("/inbox/read", read_all, methods=["POST"], name="inbox-read"),
    Route("/inbox/settings", settings, name="inbox-settings"),
    Route("/inbox/settings", choose, methods=["POST"]),
    Route("/inbox/{code}", open_one, name="inbox-open"),
    Route("/unsubscribe/{token}", ask_unsubscribe, name="unsubscribe"),
    Route("/unsubscribe/{token}", unsubscribe, methods=["POST"]),
    *hours.routes,
    *outbox.routes,
]
