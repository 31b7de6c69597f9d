"""Proposals: the list, one of them, writing and changing one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.moderation.queries import own_hidings
from community.people.models import Person
from deliberation.ballot import queries as ballots
from deliberation.body.queries import bodies_near
from deliberation.body.thresholds import ASKED_OF
from deliberation.debate.quick_queries import Said, said_about
from deliberation.debate.rules import OPEN_IN, Position
from deliberation.matter import drafting, queries, quick_queries
from deliberation.matter.meaning import Change, Sign
from deliberation.matter.models import Matter
from deliberation.matter.queries import SHELVES, Shelf
from deliberation.matter.quick_queries import Listed
from deliberation.matter.sheet_queries import sheet
from deliberation.matter.states import EDITABLE, Actor, State
from deliberation.matter.text import BODY, SENTENCE, TITLE
from deliberation.matter.workflow import Verb, steps_for
from web.deliberation.asking import here, number
from web.deliberation.ballot.figures import shown_result
from web.deliberation.matter.alike import alike_of
from web.deliberation.matter.forms import DraftForm, ReviseForm
from web.deliberation.matter.steps import KINDS, stops
from web.forms import Filled, read
from web.page import done, page, prefs_of
from web.person import maybe, now, reading, signed_in
from web.say_time import left
from web.unchanged import Grain

TICKING = (State.ENDORSING, State.VOTING)
NO_VOTE: Mapping[str, object] = {"ballot": None, "turnout": None, "result": None, "on_roll": True}
LIMITS = {"title": TITLE[1], "sentence": SENTENCE[1], "body": BODY}


async def index(request: Request) -> Response:
    """List what was proposed, newest first."""
    person, typed = maybe(request), request.query_params.get("shelf", "")
    shelf = Shelf(typed) if typed in set(Shelf) else None
    rows, more = await quick_queries.listed(person, here(request), shelf=shelf, before=number(request, "before"))
    at, lang = now(request), prefs_of(request).lang
    shown = [(row, KINDS.get(row.state, ""), _left(row, at, lang)) for row in rows]
    view = {"matters": shown, "next": more, "shelf": shelf, "shelves": (*SHELVES, Shelf.MINE)}
    grain = Grain.MINUTE if any(words for _, _, words in shown) else Grain.NONE
    return await page(request, "deliberation/matter/index.html", view, grain=grain)


def _left(row: Listed, at: datetime, lang: str) -> str:
    """Return how long is left, in words, where a reader can still do something."""
    return left(row.due_at, at, lang=lang) if row.due_at and row.state in TICKING else ""


async def show(request: Request) -> Response:
    """Show one matter with everything the reader may do about it."""
    view = await view_of(request)
    return await page(
        request, "deliberation/matter/show.html", view, grain=Grain.MINUTE if view["ballot"] else Grain.NONE
    )


async def view_of(request: Request) -> Mapping[str, Any]:
    """Return what the page of a matter shows."""
    person, reader, at = maybe(request), reading(request), now(request)
    found = await sheet(person, request.path_params["id"])
    matter = found.matter
    own = reader is not None and matter.author_id == reader.person.id
    actors = queries.capacities(reader.roles_in(found.path), author=own) if reader else frozenset()
    comments, more = await said_about(matter, before=number(request, "before"))
    return {
        "matter": matter,
        "text": found.text,
        "mine": found.mine,
        "papers": found,
        "verbs": [step.verb for step in steps_for(matter.state, actors)],
        "may_endorse": Actor.RESIDENT in actors,
        "stops": stops(matter.state),
        "kind": KINDS.get(matter.state, ""),
        "comments": comments,
        "next": more,
        "appeals": await _appeals(person, matter, comments),
        "count": found.comments,
        "positions": list(Position),
        "talking": matter.state in OPEN_IN,
        "said_form": Filled({}, None, {}),
        "at": at,
        **(await _vote(matter, person) if found.voted else NO_VOTE),
    }


async def _appeals(person: Person | None, matter: Matter, comments: Sequence[Said]) -> Mapping[str, str]:
    """Return, for what was hidden on this page and is the reader's own, the code of the decision."""
    said = [comment for comment in comments if comment.hidden_at]
    subjects = [f"comment-{comment.id}" for comment in said] + ([f"matter-{matter.id}"] if matter.hidden_at else [])
    return await own_hidings(person, subjects)


async def _vote(matter: Matter, person: Person | None) -> Mapping[str, object]:
    """Return what the page tells of the latest ballot."""
    ballot = await ballots.ballot_of(matter)
    turnout = await ballots.turnout(ballot) if ballot else None
    result = await ballots.result_of(ballot) if ballot else None
    on_roll = ballot is None or person is None or await ballots.on_roll(person, ballot)
    return {"ballot": ballot, "turnout": turnout, "result": result and shown_result(result), "on_roll": on_roll}


async def history(request: Request) -> Response:
    """Show every version of the words."""
    matter = await queries.find(maybe(request), request.path_params["id"])
    view = {"matter": matter, "versions": await queries.versions(matter), "signs": Sign}
    return await page(request, "deliberation/matter/history.html", view)


async def new(request: Request) -> Response:
    """Give an empty sheet."""
    return await _sheet(request, Filled({}, None, {}))


async def create(request: Request) -> Response:
    """Keep a draft."""
    person, filled = signed_in(request), await read(request, DraftForm)
    if filled.data is None:
        return await _sheet(request, filled, status=422)
    given = filled.data
    try:
        matter = await drafting.draft(given.meeting, given.text, request=given.request, by=person, at=now(request))
    except drafting.Twice as why:
        return await page(request, "deliberation/matter/twice.html", {"matter_id": why.matter_id}, status=409)
    except Unfit as why:
        return await _sheet(request, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}/alike" if await alike_of(matter) else f"/matters/{matter.id}")


async def _sheet(request: Request, filled: Filled[DraftForm], *, status: int = 200) -> Response:
    bodies = [body for body in await bodies_near(signed_in(request)) if ASKED_OF[body.kind]]
    asked = list(dict.fromkeys(request for body in bodies for request in ASKED_OF[body.kind][1:]))
    view = {"filled": filled, "bodies": bodies, "limits": LIMITS, "requests": asked}
    return await page(request, "deliberation/matter/new.html", view, status=status)


async def edit(request: Request) -> Response:
    """Show the words to be changed."""
    matter = await _editable(request)
    text = await queries.text_of(matter)
    typed = {name: getattr(text, name) for name in ("title", "what", "cost", "who", "body")}
    return await _edit(request, matter, Filled(typed, None, {}))


async def revise(request: Request) -> Response:
    """Keep a new version of the words."""
    matter, filled = await _editable(request), await read(request, ReviseForm)
    if filled.data is None:
        return await _edit(request, matter, filled, status=422)
    try:
        given = filled.data
        await drafting.revise(matter.id, given.text, declared=given.change, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _edit(request, matter, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}")


async def _editable(request: Request) -> Matter:
    person = signed_in(request)
    matter = await queries.find(person, request.path_params["id"])
    actors = await queries.actors_of(person, matter, at=now(request))
    if matter.state not in EDITABLE or Verb.REVISE not in {s.verb for s in steps_for(matter.state, actors)}:
        raise Hidden("现在不能修改这件事的文字。")
    return matter


async def _edit(request: Request, matter: Matter, filled: Filled[ReviseForm], *, status: int = 200) -> Response:
    view = {"filled": filled, "matter": matter, "limits": LIMITS, "changes": list(Change)}
    return await page(request, "deliberation/matter/edit.html", view, status=status)


routes = [
    Route("/matters", index, name="matters"),
    Route("/matters", create, methods=["POST"], name="matter-create"),
    Route("/matters/new", new, name="matter-new"),
    Route("/matters/{id:int}", show, name="matter"),
    Route("/matters/{id:int}/text", edit, name="matter-edit"),
    Route("/matters/{id:int}/text", revise, methods=["POST"], name="matter-revise"),
    Route("/matters/{id:int}/versions", history, name="matter-versions"),
]
