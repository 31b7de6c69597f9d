"""Handing out a paper of a case as PDF to sign or as DOCX to go on writing."""

from starlette.requests import Request
from starlette.responses import Response

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, visible_case
from mediation.papers.models import NumberedPaper
from mediation.papers.rules import OFFICES, makes_papers
from mediation.papers.text import words_on
from mediation.privacy.logging import note
from web.mediation.blank.listing import FORMS
from web.mediation.intake.letters import NO_FONT
from web.mediation.papers.known import known
from web.page import url_for
from web.paper import qr_drawing
from web.person import now, signed_in
from web.typeset.filled import WORD, Paper, typed, written
from web.typeset.sheet import NoFont, NoGlyph
from web.typeset.signing import sealed
from web.words import N_

NO_GLYPH = N_("这份文书里有的字，这台机器的字体排不出来，不出缺字的 PDF。请先用 DOCX，再请管理员补装字体。")


async def office_case(request: Request) -> tuple[Person, Case, frozenset[Seat]]:
    """Return a case for whoever makes its papers; to anybody else it is not there.

    Raises:
        Hidden: it is no office of theirs, or who the parties are may not be read there now.
    """
    me = signed_in(request)
    case, seats = await visible_case(me, request.path_params["code"], at=now(request))
    if not makes_papers(seats, case.state):
        raise Hidden(HIDDEN)
    return me, case, seats & OFFICES


async def filled(request: Request) -> Response:
    """Hand out one of the forms with what is known of the case."""
    me, case, seats = await office_case(request)
    blank = FORMS.get(request.path_params["form"])
    if blank is None or blank.before:
        raise Hidden(HIDDEN)
    told, things = await known(case, seats, [label for label, _ in blank.lines])
    await note(case, seats, things, by=me, at=now(request))
    lines = [(label, count, told.get(label, "")) for label, count in blank.lines]
    paper = Paper(title=blank.title, lines=lines, signed=blank.signed, told=blank.told, org=case.org.name)
    return await _handed(request, paper, f"{case.code}-{request.path_params['form']}")


def paper_of(case: Case, row: NumberedPaper, site_url: str) -> Paper:
    """Return a notice as it stands on the sheet; what was written into it never changes."""
    told = words_on(case, row)
    if not told:
        raise Hidden(HIDDEN)
    address = site_url + url_for("paper", code=row.code)
    return Paper(
        title=told["title"],
        number=told["number"],
        org=told["org"],
        on=told["on"],
        before=told["lines"],
        lines=[(told["asked"], 1, told["words"])],
        signed=("收到人", "收到日期"),
        proof=row.sha256,
        address=address,
        qr=qr_drawing(address),
    )


async def numbered(request: Request, case: Case, row: NumberedPaper) -> Response:
    """Hand out a notice; as PDF it bears the organisation's signature where one is set up.

    Raises:
        Unfit: its number is void, and nothing on the sheet would say so.
    """
    if row.voided_at:
        raise Unfit("这个编号已经作废，不再出这份文书。内容还在编号页上看得到。")
    paper = paper_of(case, row, request.app.state.settings.site_url)
    return await _handed(request, paper, f"{case.code}-{row.code}", signed=True)


async def _handed(request: Request, paper: Paper, name: str, *, signed: bool = False) -> Response:
    kind = request.path_params["kind"]
    if kind == "docx":
        return _sent(await written(paper), WORD, f"{name}.docx")
    try:
        made = await typed(paper)
    except NoFont as why:
        raise Unfit(NO_FONT) from why
    except NoGlyph as why:
        raise Unfit(NO_GLYPH) from why
    return _sent(await sealed(made, request.app.state.settings) if signed else made, "application/pdf", f"{name}.pdf")


def _sent(content: bytes, kind: str, name: str) -> Response:
    head = {"Content-Disposition": f'attachment; filename="heyi-{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=head)
