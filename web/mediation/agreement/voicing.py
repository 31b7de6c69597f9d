"""One member of a group answers by a link of their own whether the agreement binds them."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mediation.agreement import voicing
from mediation.agreement.models import Ratification
from mediation.agreement.queries import paper_of
from mediation.agreement.text import sections
from mediation.parties.queries import clear
from mediation.parties.rules import MemberVote
from web.forms import Form, read
from web.page import done, page, url_for
from web.paper import qr
from web.person import maybe, now, signed_in

HERE: Final = "mediation/agreement"


class VoiceForm(Form):
    """认可，还是不认可."""

    vote: MemberVote


async def link(request: Request) -> Response:
    """Make a member's link and show it once."""
    me, code = signed_in(request), request.path_params["code"]
    token = await voicing.offer_voice(code, request.path_params["member"], by=me, at=now(request))
    address = f"{request.app.state.settings.site_url}{url_for('voice', token=token)}"
    view = {"code": code, "address": address, "qr": qr(address)}
    return await page(request, "mediation/parties/link.html", view)


async def show(request: Request) -> Response:
    """Show a member the agreement and the two answers; before signing in only that somebody asks."""
    token, me, at = request.path_params["token"], maybe(request), now(request)
    case, member = await voicing.asked_voice(token, at=at)
    view: dict[str, object] = {"token": token, "org": case.org, "me": me, "sections": [], "said": None}
    if me:
        case, member, version = await voicing.shown_voice(token, by=me, at=at)
        said = await Ratification.get_or_none(version_id=version.id, member_id=member.id)
        told = {"name": clear(member, "name"), "sections": list(sections(paper_of(version)))}
        view |= {**told, "said": said.vote if said else None}
    return await page(request, f"{HERE}/voice.html", view)


async def answer(request: Request) -> Response:
    """Take the answer."""
    token, form = request.path_params["token"], await read(request, VoiceForm)
    await voicing.asked_voice(token, at=now(request))
    if form.data:
        await voicing.voice(token, form.data.vote, by=signed_in(request), at=now(request))
    return done(url_for("voice", token=token))


routes = [
    Route("/cases/{code}/members/{member}/link", link, methods=["POST"], name="case-member-link"),
    Route("/voice/{token}", show, name="voice"),
    Route("/voice/{token}", answer, methods=["POST"]),
]
