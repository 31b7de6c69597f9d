"""督办: the cards one sees, sending one about a case, and what is written on each."""

from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.people.roles import orgs_where, places_where
from community.rights import Right
from mediation.supervision import commands
from mediation.supervision.queries import card_for, cards_of, open_card, turns_of, watched
from mediation.supervision.rules import DAYS, CardDeed, CardState, Colour, Ground, deeds
from web.forms import Filled, read
from web.mediation.supervision.forms import IssueForm, TurnForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/supervision"
SHOWN = 100


async def cards(request: Request) -> Response:
    """Show the cards that are not settled, the most pressing first, and the last of the others."""
    me, at = signed_in(request), now(request)
    await _entitled(me, at)
    mine = await cards_of(me, at=at)
    waiting = mine.filter(state__in=[CardState.OPEN, CardState.ANSWERED]).order_by("due_on", "id")
    over = mine.filter(ended_at__not_isnull=True).order_by("-id")
    view = {"waiting": await waiting.limit(SHOWN), "over": await over.limit(20), "today": local_day(at)}
    return await page(request, f"{HERE}/list.html", view)


async def _entitled(me: Person, at: datetime) -> None:
    held = [await orgs_where(me, Right.CASE_DIRECT, at=at)]
    held += [await places_where(me, right, at=at) for right in (Right.CASE_DISPATCH, Right.CASE_SUPERVISE)]
    if not any(held):
        raise Forbidden("督办单由综治中心、司法所发，由被督办单位的主任答复。")


async def show(request: Request) -> Response:
    """Show a card with everything that was written on it."""
    return await _shown(request, Filled({}, None, {}), 200)


async def act(request: Request) -> Response:
    """Answer, accept, ask again or take back."""
    me, code = signed_in(request), request.path_params["code"]
    await card_for(me, code, at=now(request))
    form = await read(request, TurnForm)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await commands.act(code, form.data.deed, form.data.words, by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("supervision-card", code=code))


async def _shown(request: Request, form: Filled[TurnForm], status: int) -> Response:
    card, hands = await card_for(signed_in(request), request.path_params["code"], at=now(request))
    turns = [(turn, CardDeed(turn.deed) if turn.deed else None, words) for turn, words in await turns_of(card)]
    steps = [each for hand in sorted(hands) for each in deeds(card.state, hand)]
    view = {"card": card, "turns": turns, "steps": steps, "form": form, "late": _late(card.due_on, request)}
    return await page(request, f"{HERE}/card.html", view, status=status)


def _late(due: date, request: Request) -> bool:
    return due < local_day(now(request))


async def issuing(request: Request) -> Response:
    """Show the form by which a card is sent, or the card that there is."""
    me, at = signed_in(request), now(request)
    case = await watched(me, request.path_params["code"], at=at)
    if card := await open_card(case):
        return done(url_for("supervision-card", code=card.code))
    return await _issue_form(request, Filled({}, None, {}), 200)


async def issue(request: Request) -> Response:
    """Send a card."""
    me, at = signed_in(request), now(request)
    case = await watched(me, request.path_params["code"], at=at)
    form = await read(request, IssueForm)
    if form.data is None:
        return await _issue_form(request, form, 422)
    said = form.data
    try:
        card = await commands.issue(
            case.code, said.ground, said.words, days=said.days, colour=said.colour, by=me, at=at
        )
    except Unfit as wrong:
        return await _issue_form(request, form.with_error(wrong), 422)
    return done(url_for("supervision-card", code=card.code))


async def _issue_form(request: Request, form: Filled[IssueForm], status: int) -> Response:
    case = await watched(signed_in(request), request.path_params["code"], at=now(request))
    view = {"case": case, "form": form, "grounds": tuple(Ground), "colours": tuple(Colour), "days": DAYS}
    return await page(request, f"{HERE}/issue.html", view, status=status)


routes = [
    Route("/supervision", cards, name="supervision"),
    Route("/supervision/{code}", show, name="supervision-card"),
    Route("/supervision/{code}", act, methods=["POST"]),
    Route("/cases/{code}/supervision", issuing, name="case-supervision"),
    Route("/cases/{code}/supervision", issue, methods=["POST"]),
]
