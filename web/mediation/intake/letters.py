"""Reaching the other side on paper, at the door and by telephone: a letter, its PDF, what to say, a card to carry."""

from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.models import Case, Invitation, Party
from mediation.case.queries import HIDDEN, name_for, visible_case
from mediation.intake import commands, consent
from mediation.intake.rules import Kind
from web.forms import Form, read
from web.locale import say
from web.page import chrome, page, prefs_of, url_for
from web.paper import qr
from web.person import now, signed_in
from web.typeset.sheet import NoFont, Sheet, pdf
from web.words import N_

HERE: Final = "mediation/intake"
DESK: Final = frozenset({Seat.INTAKE, Seat.DIRECTOR})
TITLE: Final = N_("调解邀请函")
LINES: Final = (
    N_("您好："),
    N_("有一件事，对方希望请调解员帮着谈一谈。调解不收钱，全凭自愿，谈的内容保密。来不来由您定，不来也不用说理由。"),
    N_("扫下面的码，或者打开网址，就可以答复；也可以打电话、到社区窗口来，或者请网格员上门。"),
)
"""What a letter says: nothing of the other side, of what is wanted or of amounts."""
SCAN: Final = N_("扫码答复，14 天内有效")
NO_FONT: Final = N_("这台机器没有中文字体，排不出 PDF。请先用网页打印，再请管理员装上 fonts-noto-cjk。")


class LetterForm(Form):
    """In which form a letter is wanted."""

    form: Literal["page", "pdf"] = "page"


async def letter(request: Request) -> Response:
    """Make a new link for one party and show it as a letter to print, or as a PDF."""
    me, at, form = signed_in(request), now(request), await read(request, LetterForm)
    token = await commands.invite_again(request.path_params["code"], request.path_params["party"], by=me, at=at)
    case, named = await consent.invited(token, at=at)
    address = request.app.state.settings.site_url + url_for("invitation", token=token)
    if form.data and form.data.form == "pdf":
        return await _printed(request, case, address)
    view = {"case": case, "party": named, "address": address, "qr": qr(address), "lines": LINES}
    return await page(request, f"{HERE}/letter.html", view)


async def _printed(request: Request, case: Case, address: str) -> Response:
    site, lang = (await chrome(request))["site"], prefs_of(request).lang
    sheet = Sheet(
        head=case.org.name,
        title=say(lang, TITLE),
        on=local_day(now(request)),
        qr=qr(address),
        address=address,
        scan=say(lang, SCAN),
        sign=(case.org.name,),
        notes=[say(lang, line) for line in LINES],
        facts=((say(lang, N_("查询码")), case.code), (say(lang, N_("电话")), site.phone)),  # type: ignore[attr-defined]
        lang=lang,
    )
    try:
        content = await pdf(sheet)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    headers = {"Content-Disposition": f'inline; filename="{case.code}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


async def script(request: Request) -> Response:
    """Show what to say on the telephone and a card to carry to the door, with the attempts so far."""
    me, at = signed_in(request), now(request)
    case, party, seats = await _asked(request, me)
    tried = await Invitation.filter(party_id=party.id).order_by("id")
    view = {"case": case, "party": party, "name": name_for(seats, case, party), "tried": tried, "today": local_day(at)}
    return await page(request, f"{HERE}/script.html", {**view, "kind": Kind(case.type_code)})


async def _asked(request: Request, me: Person) -> tuple[Case, Party, frozenset[Seat]]:
    case, seats = await visible_case(me, request.path_params["code"], at=now(request))
    party = await Party.get_or_none(code=request.path_params["party"], case_id=case.id, left_at=None)
    if party is None or not seats & DESK:
        raise Hidden(HIDDEN)
    return case, party, seats


routes = [
    Route("/cases/{code}/parties/{party}/letter", letter, methods=["POST"], name="case-letter"),
    Route("/cases/{code}/parties/{party}/script", script, name="case-script"),
]
