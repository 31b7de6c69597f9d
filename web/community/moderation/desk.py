"""The moderators' desk: what waits, taking one, deciding about it in three taps, reading it without the mask."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.moderation import claiming, hiding, originals, queries, reporting
from community.moderation.clauses import LETTERS
from community.moderation.content import find_visible
from community.moderation.models import Claim
from community.moderation.orders import Order
from community.moderation.queries import Waiting
from community.moderation.rules import ABOUT_WORDS, TERMS, Measure, Reason, Verdict
from community.people.models import Person
from community.people.roles import require_in_place
from community.rights import Right
from web.community.moderation.forms import DecideForm, LookForm
from web.community.moderation.views import item_of
from web.community.moderation.words import CLAUSES, kind_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

MEASURES: Final = {Verdict.HIDE: Measure.HIDE, Verdict.MASK: Measure.MASK, Verdict.MOVE: Measure.MOVE}


async def desk(request: Request) -> Response:
    """Show what waits, the oldest first, and the form for the one on top or the one asked for."""
    asked = {name: request.query_params.get(name, "") for name in ("about", "verdict", "reason")}
    if asked["reason"] in set(ABOUT_WORDS):
        asked["words"] = LETTERS[Reason(asked["reason"])]
    return await _desk(request, about=asked["about"], filled=Filled(asked, None, {}))


async def decide(request: Request) -> Response:
    """Decide about something, take the next, and go on to it."""
    person, filled = signed_in(request), await read(request, DecideForm)
    if filled.data is None:
        return await _desk(request, about=str(filled.value("about")), filled=filled, status=422)
    try:
        code = await _decide(request, filled.data, person)
    except Unfit as why:
        return await _desk(request, about=filled.data.about, filled=filled.with_error(why), status=422)
    await _take_next(request, person)
    return done(f"/moderation?done={code}")


async def _decide(request: Request, form: DecideForm, person: Person) -> str:
    """Do what the form says and return the code of the decision, or ``1`` when nothing was done to the words."""
    at = now(request)
    ask_author = form.verdict is Verdict.MOVE and form.target is None
    if form.verdict is Verdict.KEEP or ask_author:
        await reporting.settle(form.about, form.verdict, form.words, by=person, at=at)
        return "1"
    reason = Reason.OFF_TOPIC if form.verdict is Verdict.MOVE else form.reason
    if reason is None or reason not in ABOUT_WORDS:
        raise Unfit("请选一个理由，它会公开。", field="reason")
    return (await hiding.hide(form.about, _order(form, reason), by=person, at=at)).code


def _order(form: DecideForm, reason: Reason) -> Order:
    return Order(
        reason,
        form.words or LETTERS[reason],
        form.link,
        form.document,
        MEASURES[form.verdict],
        tuple(line.strip() for line in form.conceal.splitlines() if line.strip()),
        f"matter-{form.target}" if form.target else "",
    )


async def _take_next(request: Request, person: Person) -> None:
    """Take the next that nobody has, so that no colleague begins on it."""
    at = now(request)
    waiting = await queries.queue(person, at=at)
    taken = await claiming.claims([each.subject for each in waiting], at=at)
    free = next((each for each in waiting if each.subject not in taken), None)
    if free is None:
        return
    try:
        await claiming.claim(free.subject, by=person, at=at)
    except (MovedOn, Hidden):  # a colleague was faster, or it is gone: the desk shows what is left
        return


async def take(request: Request) -> Response:
    """Take one item, so that colleagues see that somebody is working on it."""
    person, filled = signed_in(request), await read(request, LookForm)
    about = filled.data.about if filled.data else ""
    await claiming.claim(about, by=person, at=now(request))
    return done(f"/moderation?about={about}")


async def give_back(request: Request) -> Response:
    """Give one item back."""
    person, filled = signed_in(request), await read(request, LookForm)
    await claiming.release(filled.data.about if filled.data else "", by=person)
    return done("/moderation")


async def look(request: Request) -> Response:
    """Show the words without the mask; the record says who looked."""
    person, filled = signed_in(request), await read(request, LookForm)
    about = filled.data.about if filled.data else ""
    original = await originals.read_original(about, by=person, at=now(request))
    return await _desk(request, about=about, original=original, filled=filled)


async def _desk(
    request: Request, *, about: str, filled: Filled[Any], original: str = "", status: int = 200
) -> Response:
    person, at = signed_in(request), now(request)
    places = await queries.communities(person, Right.CONTENT_MODERATE, at=at)
    if not places:
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    waiting = await queries.queue(person, at=at, places=places)
    taken = await claiming.claims([*(each.subject for each in waiting), about], at=at)
    top = await _top(request, waiting, taken, about)
    decided = request.query_params.get("done", "")
    view = {
        "waiting": waiting,
        "taken": {subject: claim for subject, claim in taken.items() if claim.person_id != person.id},
        "item": await item_of(top, taken.get(top.subject), original=original) if top else None,
        "seconds": await queries.to_confirm(person, at=at),
        "appeals": len(await queries.appeals(person, at=at)),
        "reasons": ABOUT_WORDS,
        "clauses": CLAUSES,
        "letters": LETTERS,
        "terms": TERMS,
        "kind_of": kind_of,
        "decided": decided,
        "undoable": await queries.undoable(person, decided, at=at),
        "form": filled,
    }
    return await page(request, "community/moderation/desk.html", view, status=status)


async def _top(request: Request, waiting: list[Waiting], taken: dict[str, Claim], about: str) -> Waiting | None:
    """Return the item asked for, reported or not, else one's own, else the oldest that nobody has."""
    person = signed_in(request)
    for each in waiting:
        if each.subject == about:
            return each
    if about and not request.query_params.get("done"):
        return await _found(request, about)
    mine = [each for each in waiting if each.subject in taken and taken[each.subject].person_id == person.id]
    free = [each for each in waiting if each.subject not in taken]
    return next(iter([*mine, *free]), None)


async def _found(request: Request, about: str) -> Waiting | None:
    """Return what a moderator came upon without a report; nothing when it was dealt with."""
    person, at = signed_in(request), now(request)
    content = await find_visible(about, person, at=at)
    await require_in_place(person, content.community_id, Right.CONTENT_MODERATE, at=at)
    dealt_with = Measure.LIMIT in content.measures or await queries.is_live(about)
    return None if dealt_with else Waiting(about, content.community_id, ())


routes = [
    Route("/moderation", desk, name="moderation"),
    Route("/moderation", decide, methods=["POST"]),
    Route("/moderation/claim", take, methods=["POST"], name="moderation-claim"),
    Route("/moderation/release", give_back, methods=["POST"], name="moderation-release"),
    Route("/moderation/original", look, methods=["POST"], name="moderation-original"),
]
