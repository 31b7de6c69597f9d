"""The file of one decision: its author, its second pair of eyes, those who answer appeals; and the list of appeals."""

from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Unfit
from community.moderation import appealing, hiding, originals, queries, undoing
from community.moderation.effects import unlock
from community.moderation.models import Hiding
from community.moderation.rules import last_day
from community.moderation.states import DISPUTED, LIVE, MOVES
from community.people.models import Person
from community.privacy.scan import mask_text
from web.community.moderation.forms import AnswerForm, AppealForm, SecondForm
from web.community.moderation.words import CLAUSES, kind_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show one decision to its author, to moderators and to those who answer appeals."""
    return await _show(request)


async def look_at(request: Request) -> Response:
    """Show the sealed words; the record says who looked."""
    found = await _found(request)
    original = await originals.read_sealed(found.code, by=signed_in(request), at=now(request))
    return await _show(request, original=original)


async def second(request: Request) -> Response:
    """Take the second person's yes or no."""
    found, filled = await _found(request), await read(request, SecondForm)
    if filled.data is None:
        return await _show(request, filled)
    await hiding.second(found.code, agree=filled.data.agree == "yes", by=signed_in(request), at=now(request))
    return _back(request)


async def undo(request: Request) -> Response:
    """Take one's own decision back."""
    found = await _found(request)
    await undoing.undo(found.code, by=signed_in(request), at=now(request))
    return _back(request)


async def appeal(request: Request) -> Response:
    """Take the author's appeal."""
    found, filled = await _found(request), await read(request, AppealForm)
    if filled.data is None:
        return await _show(request, filled)
    try:
        await appealing.appeal(found.code, filled.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return _back(request)


async def answer(request: Request) -> Response:
    """Answer an appeal."""
    found, filled = await _found(request), await read(request, AnswerForm)
    if filled.data is None:
        return await _show(request, filled)
    restore, words = filled.data.restore == "yes", filled.data.words
    await appealing.answer(found.code, words, restore=restore, by=signed_in(request), at=now(request))
    return _back(request)


def _back(request: Request) -> Response:
    return done(request.url.path.rsplit("/", 1)[0])


async def _found(request: Request) -> Hiding:
    """Return the decision in the address, to those who may see it."""
    return await queries.find_hiding(signed_in(request), request.path_params["code"], at=now(request))


async def _show(request: Request, filled: Filled[Any] | None = None, *, original: str = "") -> Response:
    person, at, found = signed_in(request), now(request), await _found(request)
    appeals = (await queries.appeals_of([found])).get(found.id, [])
    may_read, until = await originals.may_read_sealed(found, person, at=at), await appealing.until(found)
    view = {
        "hiding": found,
        "words": await _words(found, person, original, may_read=may_read),
        "sealed": may_read and not original,
        "conceal": unlock(found, "conceal") if may_read and found.conceal else "",
        "kind": kind_of(found.subject),
        "clause": CLAUSES[found.reason],
        "appeals": appeals,
        "waiting": next((each for each in appeals if not each.answered_at and found.state in DISPUTED), None),
        "until": until,
        "ends": last_day(found.reason, found.effective_at) if found.effective_at and found.state in LIVE else None,
        "mine": found.author_id == person.id,
        **await _deeds(found, person, until, at),
        "form": filled or EMPTY,
    }
    return await page(request, "community/moderation/hidden.html", view, status=422 if filled else 200)


async def _deeds(found: Hiding, person: Person, until: datetime, at: datetime) -> dict[str, bool]:
    """Return what the reader may do with it now."""
    return {
        "may_appeal": found.author_id == person.id and (found.state, "appeal") in MOVES and at < until,
        "may_undo": undoing.may_undo(found, person, at=at),
        "may_second": found.code in {each.code for each in await queries.to_confirm(person, at=at)},
        "may_answer": found.code in {each.code for each in await queries.appeals(person, at=at)},
    }


async def _words(found: Hiding, person: Person, original: str, *, may_read: bool) -> str:
    """Return the words for this reader: in full, masked, or none because they are sealed."""
    if found.author_id == person.id:
        return await originals.original_of(found)
    if original:
        return original
    return mask_text(await originals.original_of(found)) if may_read else ""


async def appeals(request: Request) -> Response:
    """List the appeals that wait for the reader's answer, the oldest first."""
    person, at = signed_in(request), now(request)
    if not await queries.answers_appeals(person, at=at):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    found = await queries.appeals(person, at=at)
    asked = await queries.appeals_of(found)
    view = {"appeals": [(each, asked[each.id][-1]) for each in found], "kind_of": kind_of, "at": at}
    return await page(request, "community/moderation/appeals.html", view)


routes = [
    Route("/moderation/hidden/{code}", show, name="hidden"),
    Route("/moderation/hidden/{code}/second", second, methods=["POST"], name="hidden-second"),
    Route("/moderation/hidden/{code}/original", look_at, methods=["POST"], name="hidden-original"),
    Route("/moderation/hidden/{code}/undo", undo, methods=["POST"], name="hidden-undo"),
    Route("/moderation/hidden/{code}/appeal", appeal, methods=["POST"], name="hidden-appeal"),
    Route("/moderation/hidden/{code}/answer", answer, methods=["POST"], name="hidden-answer"),
    Route("/appeals", appeals, name="appeals"),
]
