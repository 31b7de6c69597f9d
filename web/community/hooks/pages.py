"""Addresses that are told of cases: mine, a new one with its secret shown once, and what was sent to each."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.hooks import commands
from community.hooks.queries import calls_of, hook_of, hooks_of, standing_of
from community.hooks.rules import HOOKS_MOST, PAUSES, URL_MOST, CallStanding, may_hang
from community.people.roles import all_roles
from web.community.hooks.forms import HookForm
from web.community.hooks.words import KINDS, STANDINGS, TINTS
from web.forms import Filled, read
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "community/hooks"
OPEN = frozenset({CallStanding.AGAIN, CallStanding.GIVEN_UP})
"""What may be sent once more by hand."""


async def index(request: Request) -> Response:
    """List my addresses, and offer to name one."""
    return await _index(request, Filled({}, None, {}))


async def hang(request: Request) -> Response:
    """Name an address and show its secret, this once."""
    me, form = signed_in(request), await read(request, HookForm)
    if form.data is None:
        return await _index(request, form)
    try:
        hook, secret = await commands.hang(form.data.url, loopback=_trial(request), by=me, at=now(request))
    except Unfit as why:
        return await _index(request, form.with_error(why))
    return await page(request, f"{HERE}/made.html", {"hook": hook, "secret": secret})


async def _index(request: Request, form: Filled[Any]) -> Response:
    me = signed_in(request)
    view = {"hooks": await hooks_of(me), "form": form, "most": HOOKS_MOST, "longest": URL_MOST}
    view["may"] = may_hang(await all_roles(me, at=now(request)))
    return await page(request, f"{HERE}/index.html", view, status=422 if form.errors else 200)


async def show(request: Request) -> Response:
    """Show one address and what was sent to it."""
    hook = await hook_of(signed_in(request), request.path_params["code"])
    rows = [(each, standing_of(each, hook)) for each in await calls_of(hook)]
    words = {"kinds": KINDS, "stands": STANDINGS, "tints": TINTS, "open": OPEN, "pauses": len(PAUSES)}
    view = {"hook": hook, "rows": rows, **words}
    return await page(request, f"{HERE}/show.html", view)


async def try_out(request: Request) -> Response:
    """Send a call that tells nothing."""
    await commands.try_out(request.path_params["code"], by=signed_in(request), at=now(request))
    return _back(request)


async def pause(request: Request) -> Response:
    """Send nothing for a while."""
    await commands.pause(request.path_params["code"], by=signed_in(request), at=now(request))
    return _back(request)


async def resume(request: Request) -> Response:
    """Send again."""
    await commands.resume(request.path_params["code"], by=signed_in(request), at=now(request))
    return _back(request)


async def again(request: Request) -> Response:
    """Send one call once more."""
    me, names = signed_in(request), request.path_params
    await commands.send_again(names["code"], names["call"], by=me, at=now(request))
    return _back(request)


async def unhang(request: Request) -> Response:
    """End an address."""
    await commands.unhang(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("hooks"))


def _back(request: Request) -> Response:
    return done(url_for("hook", code=request.path_params["code"]))


def _trial(request: Request) -> bool:
    return bool(request.app.state.settings.development)


routes = [
    Route("/me/hooks", index, name="hooks"),
    Route("/me/hooks", hang, methods=["POST"]),
    Route("/me/hooks/{code}", show, name="hook"),
    Route("/me/hooks/{code}/test", try_out, methods=["POST"], name="hook-test"),
    Route("/me/hooks/{code}/pause", pause, methods=["POST"], name="hook-pause"),
    Route("/me/hooks/{code}/resumption", resume, methods=["POST"], name="hook-resumption"),
    Route("/me/hooks/{code}/ending", unhang, methods=["POST"], name="hook-ending"),
    Route("/me/hooks/{code}/calls/{call}/again", again, methods=["POST"], name="hook-again"),
]
