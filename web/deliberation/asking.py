"""What every page about matters asks of a request: whose neighbourhood, and where a list goes on."""

from starlette.requests import Request

from web.person import maybe
from web.text import whole


def here(request: Request) -> int | None:
    """Return the community to show: the reader's own, else the one named by ``place``, else all of them."""
    person = maybe(request)
    return (person.community_id if person else None) or number(request, "place")


def number(request: Request, name: str) -> int | None:
    """Return a whole number from the query, or None when there is none or it is none."""
    return whole(request.query_params.get(name, ""))
