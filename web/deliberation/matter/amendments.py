"""修改建议 — proposed words for one part, the list of them, and the answers."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, MovedOn, Unfit
from community.moderation.queries import own_hidings
from community.people.roles import require_in_place
from deliberation.matter import amending, queries
from deliberation.matter.diff import Purse, compare_line
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment, Matter
from deliberation.matter.paragraphs import parts, words_of
from deliberation.matter.states import RIGHTS, Actor
from deliberation.matter.text import BODY
from deliberation.matter.wording import amendments
from deliberation.matter.workflow import MOVED_ON, Verb, steps_for
from web.deliberation.asking import number
from web.deliberation.matter.forms import AmendmentForm, AnswerForm
from web.deliberation.matter.parts import PARTS
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in


async def index(request: Request) -> Response:
    """List what was proposed, newest first, with the answers."""
    matter = await queries.find(maybe(request), request.path_params["id"])
    return await _index(request, matter, Filled({}, None, {}))


async def _index(
    request: Request, matter: Matter, filled: Filled[AnswerForm], *, about: str = "", status: int = 200
) -> Response:
    person = maybe(request)
    rows, more = ([], None) if matter.hidden_at else await amendments(matter, before=number(request, "before"))
    purse = Purse()
    view = {
        "matter": matter,
        "rows": [(each, None if each.hidden_at else compare_line(each.old, each.new, purse)) for each in rows],
        "appeals": await own_hidings(person, [f"amendment-{each.id}" for each in rows if each.hidden_at]),
        "verbs": await _verbs(request, matter),
        "parts": PARTS,
        "person_id": person.id if person else 0,
        "next": more,
        "filled": filled,
        "about": about,
    }
    return await page(request, "deliberation/matter/amendments.html", view, status=status)


async def _verbs(request: Request, matter: Matter) -> list[str]:
    actors = await queries.actors_of(maybe(request), matter, at=now(request))
    return [step.verb for step in steps_for(matter.state, actors)]


async def new(request: Request) -> Response:
    """Show the words of one part to be changed; first which part."""
    matter, text = await _amendable(request)
    part = request.query_params.get("part", "")
    typed = {"part": part, "words": text.get(part, ""), "version": matter.version} if part in text else {}
    return await _sheet(request, matter, text, Filled(typed, None, {}))


async def create(request: Request) -> Response:
    """Propose new words."""
    matter, text = await _amendable(request)
    filled = await read(request, AmendmentForm)
    if filled.data is None:
        return await _sheet(request, matter, text, filled, status=422)
    given = filled.data
    try:
        await amending.amend(
            matter.id,
            given.part,
            given.words,
            given.reason,
            version=given.version,
            by=signed_in(request),
            at=now(request),
        )
    except Unfit as why:
        return await _sheet(request, matter, text, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}/amendments")


async def _amendable(request: Request) -> tuple[Matter, Mapping[str, str]]:
    """Return a matter whose words the reader may propose to change, and its parts."""
    person = signed_in(request)
    matter = await queries.find(person, request.path_params["id"])
    await require_in_place(person, matter.body.place_id, RIGHTS[Actor.RESIDENT], at=now(request))
    if Verb.AMEND not in await _verbs(request, matter) or matter.hidden_at:
        raise MovedOn(MOVED_ON)
    return matter, parts(words_of(await queries.text_of(matter)))


async def _sheet(
    request: Request,
    matter: Matter,
    text: Mapping[str, str],
    filled: Filled[AmendmentForm],
    *,
    status: int = 200,
) -> Response:
    part = str(filled.value("part"))
    view = {"matter": matter, "text": text, "part": part if part in text else "", "parts": PARTS, "filled": filled}
    return await page(request, "deliberation/matter/amend.html", {**view, "most": BODY}, status=status)


async def answer(request: Request) -> Response:
    """Take an amendment up, or say why not."""
    by, at, code = signed_in(request), now(request), request.path_params["code"]
    matter = await queries.find(by, request.path_params["id"])
    if matter.author_id != by.id:
        await require_in_place(by, matter.body.place_id, RIGHTS[Actor.HOST], at=at)
    if not await Amendment.exists(matter_id=matter.id, code=code):
        raise Hidden("没有找到这条修改建议。")
    filled = await read(request, AnswerForm)
    if filled.data is None:
        return await _index(request, matter, filled, about=code, status=422)
    try:
        if filled.data.how == "no":
            await amending.decline(code, filled.data.answer, by=by, at=at)
        else:
            await amending.adopt(code, Change(filled.data.how), answer=filled.data.answer, by=by, at=at)
    except Unfit as why:
        return await _index(request, matter, filled.with_error(why), about=code, status=422)
    return done(f"/matters/{matter.id}/amendments")


async def take_back(request: Request) -> Response:
    """Take one's own amendment back."""
    matter = await amending.take_back(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(f"/matters/{matter.id}/amendments")


routes = [
    Route("/matters/{id:int}/amendments", index, name="matter-amendments"),
    Route("/matters/{id:int}/amendments", create, methods=["POST"], name="matter-amend"),
    Route("/matters/{id:int}/amendments/new", new, name="matter-amendment-new"),
    Route("/matters/{id:int}/amendments/{code}", answer, methods=["POST"], name="matter-amendment-answer"),
    Route("/matters/{id:int}/amendments/{code}/withdrawal", take_back, methods=["POST"], name="matter-amendment-back"),
]
