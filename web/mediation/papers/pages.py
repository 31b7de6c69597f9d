"""The book of numbers of an office, and the papers of one case."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import roles_in_org
from community.rights import Right, may
from mediation.case.keys import destroyed
from mediation.case.queries import HIDDEN, seats_in_orgs
from mediation.papers import commands
from mediation.papers.commands import may_write
from mediation.papers.queries import PAGE, mended, numbers_in, paper_in, papers_in, series_of
from mediation.papers.rules import NOTICES, makes_papers
from mediation.papers.text import notice_of, void_words, words_on
from web.forms import Filled, read
from web.mediation.blank.listing import FORMS
from web.mediation.letters import pages as posted
from web.mediation.papers.forms import MendForm, NoticeForm, VoidForm
from web.mediation.papers.handing import filled, numbered, office_case
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/papers"
BLANK: Final[Filled[Any]] = Filled({}, None, {})
FILLED: Final = {code: blank for code, blank in FORMS.items() if not blank.before}
"""What is filled in; a notice is made under its number instead."""
MOST_PAGE: Final = 10_000


async def series(request: Request) -> Response:
    """Show every series of the reader's offices: from where to where, and whether one is missing."""
    found = await series_of(signed_in(request), at=now(request))
    return await page(request, f"{HERE}/series.html", {"found": found})


async def numbers(request: Request) -> Response:
    """Show one series, number by number."""
    asked = request.query_params
    which = asked.get("page", "1")
    n = int(which) if which.isascii() and which.isdigit() and 0 < int(which[:6]) < MOST_PAGE else 1
    year = request.path_params["year"]
    org, rows = await numbers_in(
        signed_in(request), request.path_params["org"], asked.get("series", ""), year, page=n, at=now(request)
    )
    view = {"org": org, "rows": rows[:PAGE], "mended": await mended(rows[:PAGE]), "year": year, "words": void_words}
    seats = (await seats_in_orgs(signed_in(request), [org.id], at=now(request)))[org.id]
    view |= {"opens": {row.id for row in rows if makes_papers(seats, row.case.state)}}
    more = f"{request.url.path}?series={asked.get('series', '')}&page={n + 1}" if len(rows) > PAGE else ""
    return await page(request, f"{HERE}/numbers.html", {**view, "series": asked.get("series", ""), "more": more})


async def papers(request: Request) -> Response:
    """Show the papers of a case: what bears a number, what can be made now, and the forms filled in."""
    return await _papers(request, BLANK)


async def _papers(request: Request, form: Filled[Any]) -> Response:
    _, case, seats = await office_case(request)
    rows = await papers_in(case)
    able = {made: each for made, each in NOTICES.items() if case.state in each.states} if may_write(seats, case) else {}
    view = {"case": case, "rows": rows, "mended": await mended(rows), "able": able, "forms": FILLED, "form": form}
    return await page(request, f"{HERE}/case.html", view, status=422 if form.errors else 200)


async def issue(request: Request) -> Response:
    """Make a notice."""
    me, case, _ = await office_case(request)
    form = await read(request, NoticeForm)
    if form.data is None:
        return await _papers(request, form)
    try:
        row = await commands.issue(case.code, form.data.made, form.data.words, by=me, at=now(request))
    except Unfit as wrong:
        return await _papers(request, form.with_error(wrong))
    return done(url_for("case-paper", code=case.code, paper=row.code))


async def one(request: Request) -> Response:
    """Show one numbered paper: what it says, its hash, whether it is void, what mends it."""
    return await _one(request, BLANK)


async def _one(request: Request, form: Filled[Any]) -> Response:
    me, case, seats = await office_case(request)
    row = await paper_in(case, request.path_params["paper"])
    roles = await roles_in_org(me, row.org_id, at=now(request))
    view = {"case": case, "row": row, "told": words_on(case, row), "why": void_words(case, row), "form": form}
    view |= {"notice": notice_of(row.made), "mends": (await mended([row])).get(row.id, [])}
    view |= {"writes": may_write(seats, case), "voids": may(roles, Right.CASE_DIRECT) and not destroyed(case)}
    return await page(request, f"{HERE}/one.html", view, status=422 if form.errors else 200)


async def mend(request: Request) -> Response:
    """Mend a slip of the pen by a paper of its own."""
    form = await read(request, MendForm)
    data = form.data

    async def deed(code: str) -> object:
        return await commands.correct(code, data.words if data else "", by=signed_in(request), at=now(request))

    return await _did(request, form, deed)


async def void(request: Request) -> Response:
    """Void a number, with the reason."""
    form = await read(request, VoidForm)
    data = form.data

    async def deed(code: str) -> object:
        return await commands.void(code, data.reason if data else "", by=signed_in(request), at=now(request))

    return await _did(request, form, deed)


async def _did(request: Request, form: Filled[Any], deed: Callable[[str], Awaitable[object]]) -> Response:
    _, case, _ = await office_case(request)
    row = await paper_in(case, request.path_params["paper"])
    if form.errors:
        return await _one(request, form)
    try:
        await deed(row.code)
    except Unfit as wrong:
        return await _one(request, form.with_error(wrong))
    return done(url_for("case-paper", code=case.code, paper=row.code))


async def file(request: Request) -> Response:
    """Hand out a numbered notice as PDF or DOCX."""
    _, case, _ = await office_case(request)
    _known_kind(request)
    return await numbered(request, case, await paper_in(case, request.path_params["paper"]))


async def form_of(request: Request) -> Response:
    """Hand out a form of the catalogue with what is known of the case, as PDF or DOCX."""
    _known_kind(request)
    return await filled(request)


def _known_kind(request: Request) -> None:
    if request.path_params["kind"] not in {"pdf", "docx"}:
        raise Hidden(HIDDEN)


routes = [
    *posted.routes,
    Route("/numbers", series, name="numbers"),
    Route("/numbers/{org}/{year:int}", numbers, name="number-series"),
    Route("/cases/{code}/papers", papers, name="case-papers"),
    Route("/cases/{code}/papers", issue, methods=["POST"]),
    Route("/cases/{code}/papers/{paper}", one, name="case-paper"),
    Route("/cases/{code}/papers/{paper}/mending", mend, methods=["POST"], name="case-paper-mending"),
    Route("/cases/{code}/papers/{paper}/void", void, methods=["POST"], name="case-paper-void"),
    Route("/cases/{code}/papers/{paper}/file/{kind}", file, name="case-paper-file"),
    Route("/cases/{code}/forms/{form}/{kind}", form_of, name="case-filled-form"),
]
