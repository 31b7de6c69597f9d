"""共识与不同意见: what was agreed and what was not, with the answers; the host takes down, an office answers."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.moderation.queries import own_hidings
from deliberation.debate import opinions, queries
from deliberation.debate.models import Opinion
from deliberation.debate.rules import Accord
from deliberation.matter.queries import actors_of, find
from deliberation.matter.states import State
from deliberation.matter.workflow import steps_for
from web.deliberation.debate.forms import AnswerForm, OpinionForm
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in


async def index(request: Request) -> Response:
    """Show both lists, with the answers."""
    return await _page(request, Filled({}, None, {}))


async def _page(request: Request, filled: Filled[Any], *, about: str = "", status: int = 200) -> Response:
    person = maybe(request)
    matter = await find(person, request.path_params["id"])
    actors = await actors_of(person, matter, at=now(request))
    every = await queries.opinions(matter)
    view = {
        "matter": matter,
        "lists": [(kind, [each for each in every if each.kind is kind]) for kind in Accord],
        "appeals": await own_hidings(person, [f"opinion-{each.id}" for each in every if each.hidden_at]),
        "verbs": [step.verb.value for step in steps_for(State(matter.state), actors)],
        "accords": list(Accord),
        "filled": filled,
        "about": about,
    }
    return await page(request, "deliberation/debate/opinions.html", view, status=status)


async def note(request: Request) -> Response:
    """Take down what was agreed or not."""
    person, number = signed_in(request), request.path_params["id"]
    filled = await read(request, OpinionForm)
    if filled.data is None:
        return await _page(request, filled, status=422)
    data = filled.data
    try:
        made = await opinions.note(
            number, data.kind, data.words, comment=data.comment or None, by=person, at=now(request)
        )
    except Unfit as why:
        return await _page(request, filled.with_error(why), status=422)
    return done(f"/matters/{number}/opinions#o-{made.code}")


async def answer(request: Request) -> Response:
    """Answer a dissent."""
    person, number, code = signed_in(request), request.path_params["id"], request.path_params["code"]
    if not await Opinion.exists(code=code, matter_id=number):
        raise Hidden("没有找到这条意见。")
    filled = await read(request, AnswerForm)
    if filled.data is None:
        return await _page(request, filled, about=code, status=422)
    try:
        await opinions.answer(code, filled.data.answer, by=person, at=now(request))
    except Unfit as why:
        return await _page(request, filled.with_error(why), about=code, status=422)
    return done(f"/matters/{number}/opinions#o-{code}")


routes = [
    Route("/matters/{id:int}/opinions", index, name="matter-opinions"),
    Route("/matters/{id:int}/opinions", note, methods=["POST"], name="opinion-note"),
    Route("/matters/{id:int}/opinions/{code}/answer", answer, methods=["POST"], name="opinion-answer"),
]
