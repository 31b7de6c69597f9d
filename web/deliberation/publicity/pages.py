"""Publications: the list with its checker, one of them, its photographs, objections and their answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.roles import roles_in_place
from community.places.models import Place
from community.places.queries import community_for
from community.rights import Right, may
from deliberation.outcome.answering import answer as answer_objection
from deliberation.publicity import queries
from deliberation.publicity.models import Objection, Publication
from deliberation.publicity.objecting import ANSWERS, found, object_to
from deliberation.publicity.opening import HANGS, prove, publish
from deliberation.publicity.queries import Wanted
from deliberation.publicity.rules import BY_HAND, LOCAL_DAYS, PRESETS, Kind, Verdict
from web.community.files.receive import BODY, receive
from web.deliberation.asking import here, number
from web.deliberation.publicity.forms import AnswerForm, BillForm, ObjectionForm, PhotoForm
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import maybe, now, signed_in

EMPTY: Filled[Any] = Filled({}, None, {})
SHOWS = {"running": True, "over": False}


async def index(request: Request) -> Response:
    """List publications, newest first: is each shown long enough, is there a photograph."""
    typed, at = request.query_params, now(request)
    kind = Kind(typed["kind"]) if typed.get("kind") in set(Kind) else None
    lacking = typed.get("show") == "lacking"
    wanted = Wanted(kind, SHOWS.get(typed.get("show", "")), lacking)
    rows, more = await queries.listed(
        maybe(request), here(request), wanted=wanted, before=number(request, "before"), at=at
    )
    view = {
        "rows": [(each, queries.checked(each, at)) for each in rows],
        "next": more,
        "kind": kind,
        "kinds": list(Kind),
        "show": typed.get("show") if lacking or typed.get("show") in SHOWS else "",
        "at": at,
    }
    return await page(request, "deliberation/publicity/index.html", view)


async def show(request: Request) -> Response:
    """Show one publication with its proof and what was objected."""
    return await _show(request, await _publication(request))


async def _publication(request: Request) -> Publication:
    return await queries.find(maybe(request), request.path_params["id"])


async def _show(
    request: Request, hung: Publication, *, filled: Filled[Any] = EMPTY, form: str = "", status: int = 200
) -> Response:
    at = now(request)
    objections = await queries.objections(hung)
    view = {
        "hung": hung,
        "check": queries.checked(hung, at),
        "preset": PRESETS[hung.kind],
        "postings": await queries.postings(hung),
        "objections": objections,
        "verdicts": list(Verdict),
        "filled": filled,
        "form": form,
        "at": at,
        **await _rights(maybe(request), hung, objections, at=at),
    }
    return await page(request, "deliberation/publicity/show.html", view, status=status)


async def _rights(
    person: Person | None, hung: Publication, objections: list[Objection], *, at: datetime
) -> Mapping[str, bool]:
    """Return what the reader may do here; commands ask again."""
    roles = await roles_in_place(person, hung.place_id, at=at) if person else frozenset()
    running = hung.starts_at <= at < hung.ends_at
    mine = person is not None and any(each.by_id == person.id for each in objections)
    return {
        "may_prove": any(may(roles, right) for right in HANGS),
        "may_answer": any(may(roles, right) for right in ANSWERS),
        "may_watch": may(roles, Right.MATTER_SUPERVISE),
        "may_object": running and not mine and may(roles, Right.MATTER_ENDORSE),
        "mine": mine,
    }


async def _place(request: Request) -> Place:
    return await community_for(signed_in(request), Right.MATTER_SCREEN, at=now(request))


async def new(request: Request) -> Response:
    """Give an empty sheet to the clerk."""
    return await _sheet(request, await _place(request), EMPTY)


async def create(request: Request) -> Response:
    """Hang something up."""
    place, filled = await _place(request), await read(request, BillForm)
    if filled.data is None:
        return await _sheet(request, place, filled, status=422)
    try:
        made = await publish(place.id, filled.data.bill, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _sheet(request, place, filled.with_error(why), status=422)
    return done(f"/publications/{made.id}")


async def _sheet(request: Request, place: Place, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {"place": place, "filled": filled, "kinds": BY_HAND, "presets": PRESETS, "local": LOCAL_DAYS}
    return await page(request, "deliberation/publicity/new.html", view, status=status)


@with_files
async def photograph(request: Request) -> Response:
    """Keep a photograph of a board."""
    person, hung = signed_in(request), await _publication(request)
    if not (await _rights(person, hung, [], at=now(request)))["may_prove"]:
        await prove(hung.id, "", "", taken_at=now(request), by=person, at=now(request))  # says why not
    filled = await read(request, PhotoForm)
    if filled.data is None:
        return await _show(request, hung, filled=filled, form="photo", status=422)
    try:
        upload = await receive(request, filled.data.file, by=person)
        taken = filled.data.taken
        await prove(hung.id, filled.data.board, upload.code, taken_at=taken, by=person, at=now(request))
    except Unfit as why:
        return await _show(request, hung, filled=filled.with_error(why), form="photo", status=422)
    return done(f"/publications/{hung.id}#h-photos")


async def objects(request: Request) -> Response:
    """Take an objection."""
    person, hung, filled = signed_in(request), await _publication(request), await read(request, ObjectionForm)
    try:
        words = filled.data.words if filled.data else ""
        await object_to(hung.id, words, by=person, at=now(request))
    except Unfit as why:
        return await _show(request, hung, filled=filled.with_error(why), form="objection", status=422)
    return done(f"/publications/{hung.id}#h-objections")


async def answers(request: Request) -> Response:
    """Take the answer of an office to an objection."""
    person, filled = signed_in(request), await read(request, AnswerForm)
    objection = await found(request.path_params["id"])
    hung, form = objection.publication, f"answer-{objection.id}"
    try:
        verdict, words = (filled.data.verdict, filled.data.answer) if filled.data else (Verdict.UPHELD, "")
        await answer_objection(objection.id, verdict, words, by=person, at=now(request))
    except Unfit as why:
        wrong = filled if filled.errors else filled.with_error(why)
        return await _show(request, hung, filled=wrong, form=form, status=422)
    return done(f"/publications/{hung.id}#h-objections")


routes = [
    Route("/publications", index, name="publications"),
    Route("/publications", create, methods=["POST"], name="publication-create"),
    Route("/publications/new", new, name="publication-new"),
    Route("/publications/{id:int}", show, name="publication"),
    Route("/publications/{id:int}/photos", photograph, methods=["POST"], name="publication-photos", max_body_size=BODY),
    Route("/publications/{id:int}/objections", objects, methods=["POST"], name="publication-objections"),
    Route("/objections/{id:int}/answer", answers, methods=["POST"], name="objection-answer"),
]
