"""是同一件事吗？ — what sounds like the proposal being written: while typing, and once more before it is handed in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from community.search.similar import Alike, similar
from deliberation.matter import queries
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from web.deliberation.matter.forms import TypedForm
from web.forms import read
from web.page import done, page
from web.person import signed_in

STATES = {state.value: state for state in State}


async def typing(request: Request) -> Response:
    """Show what sounds like the words typed so far, for the form to put beside them."""
    person, filled = signed_in(request), await read(request, TypedForm)
    found: list[Alike] = []
    if filled.data and person.community_id:
        text = f"{filled.data.title}\n{filled.data.what}"
        found = await similar(person, text, kind="matter", community_id=person.community_id)
    view = {"alike": found, "states": STATES}
    return await page(request, "deliberation/matter/_alike.html", view)


async def before(request: Request) -> Response:
    """Show what sounds like one's draft before it is handed in; where nothing does, go on to the draft."""
    matter = await queries.find(signed_in(request), request.path_params["id"])
    if matter.author_id != signed_in(request).id:
        raise Hidden("没有找到这件事。可能还是草稿，也可能地址抄错了。")
    found = await alike_of(matter)
    if not found:
        return done(f"/matters/{matter.id}")
    view = {"alike": found, "states": STATES, "matter": matter}
    return await page(request, "deliberation/matter/alike.html", view)


async def alike_of(matter: Matter) -> list[Alike]:
    """Return what sounds like a matter."""
    text = await queries.text_of(matter)
    words = f"{text.title}\n{text.what}"
    return await similar(None, words, kind="matter", community_id=matter.community_id, besides=matter.id)


routes = [
    Route("/matters/alike", typing, methods=["POST"], name="matters-alike"),
    Route("/matters/{id:int}/alike", before, name="matter-alike"),
]
