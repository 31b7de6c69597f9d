"""名册异议: filing one while the roll hangs, and the committee's answer with what follows from it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.roles import roles_in_place
from community.rights import may
from deliberation.body import correcting, queries
from deliberation.body.models import Body
from deliberation.outcome.answering import answer
from deliberation.publicity.objecting import ANSWERS, found, object_to
from deliberation.publicity.rules import PRESETS, Kind, Verdict
from web.deliberation.asking import number
from web.deliberation.body.forms import ObjectionForm, VerdictForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def _body(request: Request) -> Body:
    """Return a body of the reader's own community: what is said against a roll names homes."""
    body = await queries.find(request.path_params["id"])
    if body.community_id != signed_in(request).community_id:
        raise Hidden("没有这个会议。")
    return body


async def index(request: Request) -> Response:
    """List the objections to the rolls of a body, with their answers."""
    return await _page(request, Filled({}, None, {}))


async def _page(request: Request, filled: Filled[Any], *, about: int = 0, status: int = 200) -> Response:
    person, body, at = signed_in(request), await _body(request), now(request)
    said, more = await correcting.objections(body.id, before=number(request, "before"))
    roll = await queries.latest_roll(body.id)
    roles = await roles_in_place(person, body.place_id, at=at)
    view = {
        "body": body,
        "roll": roll,
        "objections": said,
        "next": more,
        "open": roll is not None and at < roll.objection_until,
        "may_answer": any(may(roles, right) for right in ANSWERS),
        "verdicts": list(Verdict),
        "days": PRESETS[Kind.ROLL].answer_days,
        "filled": filled,
        "about": about,
        "at": at,
    }
    return await page(request, "deliberation/body/objections.html", view, status=status)


async def file(request: Request) -> Response:
    """File an objection to the newest roll of a body."""
    body, filled = await _body(request), await read(request, ObjectionForm)
    roll = await queries.latest_roll(body.id)
    if roll is None:
        raise Hidden("这个会议还没有冻结名册。")
    if filled.data is None:
        return await _page(request, filled, status=422)
    hung = await correcting.hung(roll)
    try:
        made = await object_to(hung.id, filled.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _page(request, filled.with_error(why), status=422)
    return done(f"/bodies/{body.id}/objections#o-{made.id}")


async def decide(request: Request) -> Response:
    """Answer an objection; one that is upheld makes a new version of the roll."""
    body, key = await _body(request), request.path_params["objection"]
    objection, filled = await found(key), await read(request, VerdictForm)
    if objection.publication.kind is not Kind.ROLL or objection.publication.place_id != body.place_id:
        raise Hidden("没有这条异议。")
    if filled.data is None:
        return await _page(request, filled, about=key, status=422)
    try:
        await answer(key, filled.data.verdict, filled.data.answer, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _page(request, filled.with_error(why), about=key, status=422)
    return done(f"/bodies/{body.id}/objections#o-{key}")


routes = [
    Route("/bodies/{id:int}/objections", index, name="body-objections"),
    Route("/bodies/{id:int}/objections", file, methods=["POST"], name="objection-file"),
    Route("/bodies/{id:int}/objections/{objection:int}", decide, methods=["POST"], name="objection-decide"),
]
