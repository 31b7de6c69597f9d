"""Saying something about a matter."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from deliberation.debate.commands import comment
from web.deliberation.debate import opinions, talk
from web.deliberation.debate.forms import CommentForm
from web.deliberation.matter.pages import view_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def create(request: Request) -> Response:
    """Keep a comment, or give it back as it was typed with what to mend."""
    person, number = signed_in(request), request.path_params["id"]
    filled = await read(request, CommentForm)
    if filled.data is None:
        return await _again(request, filled)
    data = filled.data
    try:
        said = await comment(number, data.position, data.words, answers=data.answers, by=person, at=now(request))
    except Unfit as why:
        return await _again(request, filled.with_error(why))
    page_of = f"/comments/{said.code}" if said.parent_id else ""
    return done(f"/matters/{number}{page_of}#c-{said.code}")


async def _again(request: Request, filled: Filled[CommentForm]) -> Response:
    if code := str(filled.value("answers")):
        return await talk.thread(request, code, filled, status=422)
    view = {**await view_of(request), "said_form": filled}
    return await page(request, "deliberation/matter/show.html", view, status=422)


routes = [
    Route("/matters/{id:int}/comments", create, methods=["POST"], name="matter-comments"),
    *talk.routes,
    *opinions.routes,
]
