"""My tokens: what programs may do for me."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.hooks.rules import may_hang
from community.people.roles import all_roles
from community.tokens.commands import make, revoke
from community.tokens.queries import mine
from community.tokens.rules import LABEL_MOST, LIVES, Scope
from web.api.call import SCOPES
from web.community.hooks import pages as hooks
from web.community.tokens.forms import TokenForm
from web.forms import Filled, Mistake, read
from web.page import done, page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """List my tokens, and offer to make one."""
    return await _show(request, Filled({}, None, {}))


async def add(request: Request) -> Response:
    """Make a token and show it, this once."""
    person, filled = signed_in(request), await read(request, TokenForm)
    if filled.data is None:
        return await _show(request, filled)
    try:
        secret = await make(filled.data.label, filled.data.scopes, days=filled.data.days, by=person, at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return await page(request, "community/tokens/made.html", {"secret": secret, "label": filled.data.label})


async def stop(request: Request) -> Response:
    """Stop one token."""
    await revoke(request.path_params["code"], by=signed_in(request), at=now(request))
    return done("/me/tokens")


async def _show(request: Request, filled: Filled[TokenForm]) -> Response:
    me, at = signed_in(request), now(request)
    tokens = await mine(me, at=at)
    view = {
        "hooks": may_hang(await all_roles(me, at=at)),
        "form": filled,
        "tokens": [(token, [Mistake(SCOPES[scope]) for scope in sorted(token.permits)]) for token in tokens],
        "scopes": [(scope.value, Mistake(SCOPES[scope])) for scope in Scope],
        "lives": LIVES,
        "most": LABEL_MOST,
    }
    return await page(request, "community/tokens/tokens.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/me/tokens", show, name="tokens"),
    Route("/me/tokens", add, methods=["POST"]),
    Route("/me/tokens/{code}/stop", stop, methods=["POST"], name="token-stop"),
    *hooks.routes,  # the other half of what a program needs; this page leads there
]
