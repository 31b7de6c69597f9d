"""The divisions of the country, to pick from: by name, by sound, or step by step."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.people.roles import all_roles
from community.places.models import Place
from community.places.queries import MOST, around, divisions
from community.rights import Right, require
from web.page import page
from web.person import now, signed_in
from web.text import clean


async def pick(request: Request) -> Response:
    """List the divisions that a word finds, or those inside one."""
    person = signed_in(request)
    require(await all_roles(person, at=now(request)), Right.ROLE_GRANT)
    words = clean(request.query_params.get("q", ""))[:40].strip()
    inside = await Place.get_or_none(code=clean(request.query_params.get("in", ""))[:24])
    view = {
        "q": words,
        "inside": inside,
        "way": await around(inside) if inside else [],
        "found": await divisions(words, inside=inside),
        "most": MOST,
    }
    return await page(request, "community/places/divisions.html", view, fragment="community/places/_divisions.html")


routes = [Route("/places/divisions", pick, name="divisions")]
