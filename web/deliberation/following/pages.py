"""What the reader follows, and following or leaving one matter."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from community.people.models import Person
from community.places.models import Place
from deliberation.following import commands, queries
from deliberation.following.rules import News, place_key
from deliberation.matter.queries import find
from web.deliberation.asking import number
from web.deliberation.following.forms import NewsForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def mine(request: Request) -> Response:
    """List what the reader follows."""
    person = signed_in(request)
    place = await _community(person)
    chosen = await queries.places_followed(person)
    held = [str(news) for news in News if place and place_key(place.id, news) in chosen]
    return await _mine(request, person, place, Filled({"news": held}, None, {}))


async def choose(request: Request) -> Response:
    """Follow these kinds of news of the reader's community."""
    person, filled = signed_in(request), await read(request, NewsForm)
    place = await _community(person)
    if place is None:
        raise Hidden("您还没有选社区。请先在“我的”里选好您住的社区。")
    if filled.data is None:
        return await _mine(request, person, place, filled)
    await commands.follow_place(place, filled.data.news, by=person, at=now(request))
    return done("/following?done=1")


async def _mine(request: Request, person: Person, place: Place | None, filled: Filled[NewsForm]) -> Response:
    rows, more = await queries.followed(person, before=number(request, "before"))
    saved = request.query_params.get("done") == "1"
    view = {"rows": rows, "next": more, "place": place, "form": filled, "kinds": list(News), "saved": saved}
    return await page(request, "deliberation/following/mine.html", view, status=422 if filled.errors else 200)


async def _community(person: Person) -> Place | None:
    return await Place.get_or_none(id=person.community_id) if person.community_id else None


async def one(request: Request) -> Response:
    """Show whether and why the reader follows a matter."""
    person = signed_in(request)
    matter = await find(person, request.path_params["id"])
    view = {"matter": matter, "why": await queries.why_following(person, matter)}
    return await page(request, "deliberation/following/one.html", view)


async def begin(request: Request) -> Response:
    """Follow a matter."""
    return await _follow(request, wanted=True)


async def end(request: Request) -> Response:
    """Hear no more of a matter."""
    return await _follow(request, wanted=False)


async def _follow(request: Request, *, wanted: bool) -> Response:
    number = request.path_params["id"]
    await commands.follow_matter(number, wanted=wanted, by=signed_in(request), at=now(request))
    return done(f"/matters/{number}/following")


routes = [
    Route("/following", mine, name="following"),
    Route("/following", choose, methods=["POST"]),
    Route("/matters/{id:int}/following", one, name="matter-following"),
    Route("/matters/{id:int}/following", begin, methods=["POST"]),
    Route("/matters/{id:int}/following/end", end, methods=["POST"], name="matter-unfollow"),
]
