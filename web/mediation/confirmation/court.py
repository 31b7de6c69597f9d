"""What came to a court: the list, one application with its papers, and the court's answer.

The director of the committee enters the same answers from the paper the court sent, where the court is not here.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.people.roles import orgs_where
from community.rights import Right
from mediation.agreement.queries import number_for
from mediation.confirmation import ruling
from mediation.confirmation.grounds import DISMISSED, NOT_ACCEPTED
from mediation.confirmation.queries import before_court, papers_of, visible, words_of
from mediation.confirmation.rules import Who, deeds_at
from web.forms import Filled, read
from web.mediation.confirmation.api import decided
from web.mediation.confirmation.forms import AnswerForm
from web.mediation.confirmation.printed import handed
from web.mediation.confirmation.words import ANSWERS, PAPERS
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/confirmation"


async def queue(request: Request) -> Response:
    """Show what came to the reader's court."""
    me, at = signed_in(request), now(request)
    if not await orgs_where(me, Right.CASE_DIRECT, at=at):
        raise Forbidden("司法确认由法院的联络人办理。")
    rows = [(each, number_for(each.version)) for each in await (await before_court(me, at=at))]
    return await page(request, f"{HERE}/queue.html", {"rows": rows})


async def show(request: Request) -> Response:
    """Show one application: the papers with their hashes, and the answer."""
    return await _shown(request, Filled({}, None, {}), 200)


async def decide(request: Request) -> Response:
    """Enter the court's answer."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, AnswerForm)
    await visible(me, code, at=now(request))
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await decided(code, form.data, me, now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("confirmation", code=code))


async def package(request: Request) -> Response:
    """Send the papers to the court's liaison; that they were read is on record."""
    me, code = signed_in(request), request.path_params["code"]
    found, _ = await ruling.open_papers(code, by=me, at=now(request))
    return await handed(request, found, "pdf" if request.path_params["form"] == "pdf" else "zip")


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at = signed_in(request), now(request)
    found, who = await visible(me, request.path_params["code"], at=at)
    deeds = [each for each in deeds_at(found.stage, who) if each.value in ANSWERS]
    view = {
        "found": found,
        "case": found.case,
        "number": number_for(found.version),
        "words": words_of(found),
        "items": await papers_of(found),
        "papers": PAPERS,
        "court": Who.COURT in who,
        "deeds": [(each.value, ANSWERS[each.value]) for each in deeds],
        "dismissed": DISMISSED,
        "not_accepted": NOT_ACCEPTED,
        "today": local_day(at),
        "form": form,
    }
    return await page(request, f"{HERE}/court.html", view, status=status)


routes = [
    Route("/confirmations", queue, name="confirmations"),
    Route("/confirmations/{code}", show, name="confirmation"),
    Route("/confirmations/{code}", decide, methods=["POST"]),
    Route("/confirmations/{code}/package.{form}", package, name="confirmation-package"),
]
