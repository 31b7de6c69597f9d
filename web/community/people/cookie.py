"""The session cookie: unreadable to scripts, sent to this site only, kept as long as the session lives."""

from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from community.people.models import Person
from community.people.roles import all_roles, is_staff
from community.people.rules import SESSION
from community.people.sessions import begin
from web.page import done
from web.person import cookie_name, now
from web.prefs import local


async def welcome(request: Request, person: Person, *, shared: bool, to: str) -> Response:
    """Begin a session for ``person`` and lead them on, past the second factor when they owe one."""
    agent = request.headers.get("user-agent", "")
    before, at = request.state.session, now(request)
    token = await begin(person, shared=shared, agent=agent, instead=before, at=at)
    owes = bool(person.totp_secret) or is_staff(await all_roles(person, at=at))
    target = f"/second-factor?{urlencode({'next': local(to)})}" if owes else local(to)
    return bake(done(target), request, token, shared=shared)


def bake(response: Response, request: Request, token: str, *, shared: bool) -> Response:
    """Put the cookie of a session on ``response``; on a shared telephone it dies with the browser."""
    life = None if shared else SESSION // timedelta(seconds=1)
    secure = cookie_name(request).startswith("__Host-")
    response.set_cookie(
        cookie_name(request), token, max_age=life, path="/", httponly=True, samesite="lax", secure=secure
    )
    return response


def unbake(response: Response, request: Request) -> Response:
    """Take the cookie away, and what the browser kept of pages and of half-written forms."""
    secure = cookie_name(request).startswith("__Host-")
    response.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="lax", secure=secure)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def host(request: Request) -> str:
    """Return the network address that asks, as the server was told it."""
    return request.client.host if request.client else ""
