"""公开与监督 — what was decided and what became of it, for anybody; and the course of one matter."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.ballot import recounting
from deliberation.ballot.models import Result
from deliberation.ballot.recounting import count
from deliberation.matter import queries as matters
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.matter.workflow import steps_for
from deliberation.outcome import queries
from deliberation.publicity import queries as publicity
from web.deliberation.asking import here, number
from web.deliberation.matter.steps import KINDS
from web.deliberation.outcome import doing, watching
from web.deliberation.outcome.words import SCORES
from web.page import done, page
from web.person import maybe, now, signed_in


async def index(request: Request) -> Response:
    """Show the figures of this year, what was promised and kept, and the decisions, newest first."""
    person, community, at = maybe(request), here(request), now(request)
    rows, more = await queries.decided(person, community, before=number(request, "before"))
    view = {
        "results": rows,
        "next": more,
        "figures": await queries.figures(person, community, at=at),
        "promises": await queries.promised(person, community),
        "at": at,
    }
    return await page(request, "deliberation/outcome/index.html", view)


async def show(request: Request) -> Response:
    """Show what became of one matter: who, what, until when, for how much, and whether it is good."""
    person, at = maybe(request), now(request)
    matter = await matters.find(person, request.path_params["id"])
    course = await queries.course(matter)
    hung = await publicity.of_matter(matter.id)
    view = {
        "matter": matter,
        "course": course,
        "verbs": {step.verb.value for step in steps_for(matter.state, await matters.actors_of(person, matter, at=at))},
        "hung": [(each, publicity.checked(each, at)) for each in hung],
        "kind": KINDS.get(matter.state, ""),
        "scores": SCORES,
        "at": at,
        **await _result(matter),
    }
    return await page(request, "deliberation/outcome/show.html", view)


async def _result(matter: Matter) -> Mapping[str, object]:
    """Return the last result, and what was counted again while it was shown."""
    rows = Result.filter(ballot__matter_id=matter.id).select_related("ballot")
    result = await rows.order_by("-id").first()
    again = await recounting.recounts(result.ballot) if result and matter.state is State.RESULT_NOTICE else []
    return {"result": result, "recounts": again}


async def recount(request: Request) -> Response:
    """Count the papers of a ballot again, as one of the tellers."""
    counted = await count(request.path_params["id"], by=signed_in(request), at=now(request))
    row = await Result.get(ballot__recounts__id=counted.recount_id).select_related("ballot")
    return done(f"/matters/{row.ballot.matter_id}/outcome")


routes = [
    Route("/open", index, name="open"),
    Route("/transparency", index, name="transparency"),
    Route("/matters/{id:int}/outcome", show, name="matter-outcome"),
    Route("/ballots/{id:int}/recount", recount, methods=["POST"], name="ballot-recount"),
    *doing.routes,
    *watching.routes,
]
