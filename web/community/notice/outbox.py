"""The outbox of a trial: the mails nobody sent, and the staff's current one-time codes. Not there in production."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypedDict

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from community.errors import Hidden
from community.notice.models import Mail
from web.community.people.codes import codes
from web.mail import Letter, subject_of, write
from web.page import Site, page
from web.person import now

SHOWN: Final = 100
ALONE: Final = "sandbox allow-same-origin allow-top-navigation; default-src 'none'; style-src 'unsafe-inline'"

Codes = Callable[[datetime], Awaitable[list[tuple[str, str]]]]
ONE_TIME_CODES: Final[list[Codes]] = [codes]
"""Each gives (whom, code) at an instant; the room that keeps the second factor adds its own."""


class Sender(TypedDict):
    """Who writes, and from which address."""

    site: Site
    site_url: str


async def outbox(request: Request) -> Response:
    """List the mails, newest first."""
    _trial_only(request)
    mails = await Mail.all().order_by("-id").limit(SHOWN)
    rows = [(mail, await _subject(request, mail)) for mail in mails]
    shown = [each for source in ONE_TIME_CODES for each in await source(now(request))]
    return await page(request, "community/notice/outbox.html", {"rows": rows, "codes": shown})


async def one(request: Request) -> Response:
    """Show the text of one mail and its links."""
    mail = await _mail(request)
    view = {"mail": mail, "letter": await _letter(request, mail)}
    return await page(request, "community/notice/outbox_mail.html", view)


async def one_html(request: Request) -> Response:
    """Show the HTML of one mail alone, in a sandbox: its inline styles are for mail readers."""
    letter = await _letter(request, await _mail(request))
    return HTMLResponse(letter.html, headers={"Content-Security-Policy": ALONE, "Cache-Control": "no-store"})


def _trial_only(request: Request) -> None:
    if not request.app.state.settings.development:
        raise Hidden("没有找到这一页。可能地址抄错了，也可能您还没有权限看。")


async def _mail(request: Request) -> Mail:
    _trial_only(request)
    mail = await Mail.get_or_none(code=request.path_params["code"])
    if mail is None or not mail.facts:
        raise Hidden("没有找到这封信。发出去的信不留底。")
    return mail


async def _subject(request: Request, mail: Mail) -> str:
    try:
        return await subject_of(mail, **_who(request)) if mail.facts else ""
    except jinja2.TemplateError:  # the postman has logged it
        return mail.template


async def _letter(request: Request, mail: Mail) -> Letter:
    return await write(mail, **_who(request))


def _who(request: Request) -> Sender:
    state = request.app.state
    return {"site": state.site, "site_url": state.settings.site_url.rstrip("/")}


routes = [
    Route("/outbox", outbox, name="outbox"),
    Route("/outbox/{code}", one, name="outbox-mail"),
    Route("/outbox/{code}/html", one_html, name="outbox-html"),
]
