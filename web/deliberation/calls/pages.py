"""What offices were asked about a matter, for everybody; and the desk of an office that was asked."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.orgs.queries import orgs_around
from community.places.models import Place
from deliberation.calls.answering import answer
from deliberation.calls.asking import ask_answer, whistle
from deliberation.calls.queries import call_of, calls_of, waiting_for
from deliberation.calls.rules import ANSWER_DAYS
from deliberation.matter.models import Matter
from deliberation.matter.states import RUNNING, Actor
from web.deliberation.calls.forms import AnswerForm, AskForm, WhistleForm
from web.deliberation.subpage import EMPTY, acting, capacities, fill, matter_here
from web.forms import Filled
from web.page import page
from web.person import now, signed_in

WHISTLES: Final = (Actor.CLERK, Actor.OVERSEER)
ASKS: Final = (Actor.AUTHOR, *WHISTLES)


async def show(request: Request) -> Response:
    """Show what offices were asked, and what they answered."""
    return await _calls(request, await matter_here(request))


async def call(request: Request) -> Response:
    """Call departments."""
    matter, by, at = await acting(request, *WHISTLES), signed_in(request), now(request)

    async def do(data: WhistleForm) -> None:
        await whistle(matter.id, data.org, data.question, data.due_on, by=by, at=at)

    async def again(filled: Filled[WhistleForm]) -> Response:
        return await _calls(request, matter, called=filled)

    return await fill(request, WhistleForm, do, again, to=request.url.path)


async def ask(request: Request) -> Response:
    """Ask an office for its official answer."""
    matter, by, at = await acting(request, *ASKS), signed_in(request), now(request)

    async def do(data: AskForm) -> None:
        try:
            await ask_answer(matter.id, data.office, data.wanted, by=by, at=at)
        except Unfit as why:
            names = {"org": "office", "question": "wanted"}
            raise Unfit(why.reason, field=names.get(why.field or "", why.field), **why.facts) from why

    async def again(filled: Filled[AskForm]) -> Response:
        return await _calls(request, matter, asked=filled)

    return await fill(request, AskForm, do, again, to=f"/matters/{matter.id}/calls")


async def _calls(
    request: Request, matter: Matter, *, called: Filled[Any] = EMPTY, asked: Filled[Any] = EMPTY
) -> Response:
    actors, at = await capacities(request, matter), now(request)
    may = {"whistle": bool(actors & set(WHISTLES)), "ask": bool(actors & set(ASKS))}
    view = {
        "matter": matter,
        "calls": await calls_of(matter),
        "can": {deed for deed, yes in may.items() if yes and matter.state in RUNNING},
        "orgs": await orgs_around(await Place.get(id=matter.body.place_id)) if any(may.values()) else [],
        "called": called,
        "asked": asked,
        "days": ANSWER_DAYS,
        "at": at,
    }
    status = 422 if called.errors or asked.errors else 200
    return await page(request, "deliberation/calls/show.html", view, status=status)


async def desk(request: Request) -> Response:
    """List what waits for the reader's offices."""
    at = now(request)
    view = {"calls": await waiting_for(signed_in(request), at=at), "at": at}
    return await page(request, "deliberation/calls/desk.html", view)


async def one(request: Request) -> Response:
    """Show one question to whoever may answer it."""
    return await _one(request, EMPTY)


async def reply(request: Request) -> Response:
    """Answer for one's office."""
    by, at = signed_in(request), now(request)
    asked = await call_of(by, request.path_params["id"], at=at)

    async def do(data: AnswerForm) -> None:
        await answer(asked.id, data.words, by=by, at=at)

    async def again(filled: Filled[AnswerForm]) -> Response:
        return await _one(request, filled)

    return await fill(request, AnswerForm, do, again, to=f"/matters/{asked.matter_id}/calls")


async def _one(request: Request, filled: Filled[AnswerForm]) -> Response:
    at = now(request)
    asked = await call_of(signed_in(request), request.path_params["id"], at=at)
    view = {"call": asked, "filled": filled, "at": at}
    return await page(request, "deliberation/calls/answer.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/matters/{id:int}/calls", show, name="matter-calls"),
    Route("/matters/{id:int}/calls", call, methods=["POST"], name="matter-whistle"),
    Route("/matters/{id:int}/answers", ask, methods=["POST"], name="matter-ask"),
    Route("/desk/calls", desk, name="desk-calls"),
    Route("/desk/calls/{id:int}", one, name="desk-call"),
    Route("/desk/calls/{id:int}", reply, methods=["POST"], name="desk-answer"),
]
