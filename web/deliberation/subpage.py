"""What the pages below a matter share: the matter, the reader's capacities, and a form that keeps what was typed."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from community.errors import Forbidden, Unfit
from deliberation.matter import queries
from deliberation.matter.models import Matter
from deliberation.matter.states import Actor
from web.forms import Filled, Form, read
from web.page import done
from web.person import maybe, now, signed_in

F = TypeVar("F", bound=Form)
EMPTY: Filled[Any] = Filled({}, None, {})


async def matter_here(request: Request) -> Matter:
    """Return the matter in the address, or raise `Hidden`."""
    return await queries.find(maybe(request), request.path_params["id"])


async def capacities(request: Request, matter: Matter) -> frozenset[Actor]:
    """Return in which capacities the reader may act on a matter; for buttons, commands ask again."""
    return await queries.actors_of(maybe(request), matter, at=now(request))


async def acting(request: Request, *actors: Actor) -> Matter:
    """Return the matter for a reader who acts in one of these capacities, or raise `Forbidden`."""
    signed_in(request)
    matter = await matter_here(request)
    if not await capacities(request, matter) & set(actors):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    return matter


async def fill(
    request: Request,
    form: type[F],
    do: Callable[[F], Awaitable[object]],
    again: Callable[[Filled[F]], Awaitable[Response]],
    *,
    to: str,
) -> Response:
    """Do what a filled form says and go ``to``, or show it ``again`` with what was typed."""
    filled = await read(request, form)
    if filled.data is None:
        return await again(filled)
    try:
        await do(filled.data)
    except Unfit as why:
        return await again(filled.with_error(why))
    return done(to)
