"""All pages of places; each module beside this one holds a few."""

from typing import Final

from starlette.routing import Route

from web.community.places import buildings, counter, divisions, home, rolls

routes: Final[list[Route]] = [
    *rolls.routes,
    *divisions.routes,
    *buildings.routes,
    *home.routes,
    *counter.routes,
]
