"""The second factor: showing it after signing in, setting it up, and keeping codes on paper."""

import re
from typing import Any
from urllib.parse import urlencode

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people import factor
from community.people.models import Person, Session
from community.people.queries import codes_left
from community.people.roles import all_roles, is_staff
from community.privacy.vault import Tampered
from web.community.people.cookie import bake, host, unbake
from web.community.people.forms import CodeForm, OneCodeForm, SetUpForm
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, session_here, signed_in
from web.prefs import local

BLANK: Filled[Any] = Filled({}, None, {})


async def form(request: Request) -> Response:
    """Ask for the one-time code; who has none yet is led to set one up."""
    session, to = session_here(request), local(request.query_params.get("next", "/"))
    if maybe(request):
        return done(to)
    if not session.person.totp_secret:
        return done(f"/me/second-factor?{urlencode({'next': to})}")
    return await _ask(request, BLANK, to)


async def show(request: Request) -> Response:
    """Take the code, and go on."""
    session = session_here(request)
    filled = await read(request, CodeForm)
    to = local(str(filled.value("next", "/")))
    code = (filled.data.code or filled.data.paper) if filled.data else None
    if not code:
        return await _ask(request, filled.with_error(Unfit("请填验证码。", field="code")), to)
    try:
        token = await factor.show_code(session, code, host=host(request), at=now(request))
    except Unfit as why:
        return await _ask(request, filled.with_error(why), to)
    return bake(done(to), request, token, shared=session.shared)


async def state(request: Request) -> Response:
    """Show how the second factor stands, or set it up."""
    session, to = session_here(request), local(request.query_params.get("next", "/me"))
    if session.person.totp_secret:
        return await _stands(request, signed_in(request), BLANK)
    return await _set_up(request, session, factor.new_secret(), BLANK, to)


async def set_up(request: Request) -> Response:
    """Take the first code of a new telephone, and show the codes for paper."""
    session = session_here(request)
    filled = await read(request, SetUpForm)
    secret, to = _held(filled, session.person), local(str(filled.value("next", "/me")))
    if filled.data is None or secret is None:
        return await _set_up(request, session, secret or factor.new_secret(), filled, to)
    try:
        token, codes = await factor.set_up(session, secret, filled.data.code, host=host(request), at=now(request))
    except Unfit as why:
        return await _set_up(request, session, secret, filled.with_error(why), to)
    request.state.person = session.person
    response = await page(request, "community/people/paper_codes.html", {"codes": codes, "next": to})
    return bake(response, request, token, shared=session.shared)


async def renew(request: Request) -> Response:
    """Show fresh codes for paper, against a code."""
    person = signed_in(request)
    filled = await read(request, OneCodeForm)
    if filled.data is None:
        return await _stands(request, person, filled)
    try:
        codes = await factor.renew_codes(person, filled.data.code, host=host(request), at=now(request))
    except Unfit as why:
        return await _stands(request, person, filled.with_error(why))
    return await page(request, "community/people/paper_codes.html", {"codes": codes, "next": "/me/second-factor"})


async def turn_off(request: Request) -> Response:
    """Take the second factor away, against a code."""
    person = signed_in(request)
    filled = await read(request, OneCodeForm)
    if filled.data is None:
        return await _stands(request, person, filled)
    try:
        await factor.turn_off(person, filled.data.code, host=host(request), at=now(request))
    except Unfit as why:
        return await _stands(request, person, filled.with_error(why))
    return unbake(done("/sign-in"), request)


def _held(filled: Filled[SetUpForm], person: Person) -> str | None:
    try:
        return factor.held(str(filled.value("sealed")), person)
    except Tampered:
        return None


async def _ask(request: Request, filled: Filled[Any], to: str) -> Response:
    status = 422 if filled.errors else 200
    return await page(request, "community/people/second_factor.html", {"form": filled, "next": to}, status=status)


async def _set_up(request: Request, session: Session, secret: str, filled: Filled[Any], to: str) -> Response:
    person = session.person
    address = factor.address_of(secret, person)
    view = {
        "form": filled,
        "next": to,
        "sealed": factor.hold(secret, person),
        "secret": " ".join(re.findall("....", secret)),
        "address": address,
        "picture": Markup(segno.make(address).svg_inline(omitsize=True, light="#fff")),  # noqa: S704 - drawn here
        "staff": is_staff(await all_roles(person, at=now(request))),
    }
    status = 422 if filled.errors else 200
    return await page(request, "community/people/set_up_factor.html", view, status=status)


async def _stands(request: Request, person: Person, filled: Filled[Any]) -> Response:
    staff = is_staff(await all_roles(person, at=now(request)))
    view = {"form": filled, "left": await codes_left(person), "staff": staff}
    status = 422 if filled.errors else 200
    return await page(request, "community/people/my_factor.html", view, status=status)


routes = [
    Route("/second-factor", form, name="second-factor"),
    Route("/second-factor", show, methods=["POST"]),
    Route("/me/second-factor", state, name="my-factor"),
    Route("/me/second-factor", set_up, methods=["POST"]),
    Route("/me/second-factor/codes", renew, methods=["POST"], name="renew-codes"),
    Route("/me/second-factor/off", turn_off, methods=["POST"], name="factor-off"),
]
