"""Setting a password by a mailed link, and changing it with the one that is."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import MovedOn, Unfit
from community.people import password, signin
from community.people.links import whose
from community.people.models import Person
from community.people.rules import Purpose
from web.community.people.cookie import host, welcome
from web.community.people.forms import AskForm, ChangePasswordForm, NewPasswordForm
from web.community.people.sign_in import gone
from web.forms import Filled, read
from web.page import done, page, prefs_of
from web.person import now, signed_in


async def form(request: Request) -> Response:
    """Ask where to mail the link."""
    return await _ask(request, Filled({}, None, {}))


async def ask(request: Request) -> Response:
    """Mail a link; the answer is the same for every address."""
    filled = await read(request, AskForm)
    if filled.data is None:
        return await _ask(request, filled)
    lang, at = prefs_of(request).lang, now(request)
    try:
        await signin.ask_link(filled.data.email, Purpose.SET_PASSWORD, lang=lang, host=host(request), at=at)
    except Unfit as why:
        return await _ask(request, filled.with_error(why))
    return done("/sent")


async def link(request: Request) -> Response:
    """Show the form that a mailed link opens."""
    person = await whose(request.path_params["token"], Purpose.SET_PASSWORD, at=now(request))
    if person is None:
        return await gone(request, "/password")
    return await _new(request, person, Filled({}, None, {}))


async def reset(request: Request) -> Response:
    """Set the password, end every session, and sign in here."""
    token, at = request.path_params["token"], now(request)
    person = await whose(token, Purpose.SET_PASSWORD, at=at)
    if person is None:
        return await gone(request, "/password")
    filled = await read(request, NewPasswordForm)
    if filled.data is None:
        return await _new(request, person, filled)
    try:
        person = await password.reset_password(token, filled.data.password, person=person, at=at)
    except Unfit as why:
        return await _new(request, person, filled.with_error(why))
    except MovedOn:
        return await gone(request, "/password")
    return await welcome(request, person, shared=False, to="/me")


async def change_form(request: Request) -> Response:
    """Ask for the password as it is and as it shall be."""
    return await _change(request, signed_in(request), Filled({}, None, {}))


async def change(request: Request) -> Response:
    """Change the password; every other session ends."""
    person = signed_in(request)
    filled = await read(request, ChangePasswordForm)
    if filled.data is None:
        return await _change(request, person, filled)
    try:
        await _prove(request, person, filled.data.current)
        here = request.state.session.id
        await password.set_password(person, filled.data.password, keep_session=here, at=now(request))
    except Unfit as why:
        return await _change(request, person, filled.with_error(why))
    return done("/me/settings?done=password")


async def _prove(request: Request, person: Person, current: str) -> None:
    try:
        await signin.by_password(person.email, current, host=host(request), at=now(request))
    except Unfit:
        raise Unfit("现在的密码不对，请再填一次。", field="current") from None


async def _ask(request: Request, filled: Filled[AskForm]) -> Response:
    return await _page(request, "ask_password.html", filled)


async def _new(request: Request, person: Person, filled: Filled[NewPasswordForm]) -> Response:
    return await _page(request, "new_password.html", filled, person=person)


async def _change(request: Request, person: Person, filled: Filled[ChangePasswordForm]) -> Response:
    return await _page(request, "change_password.html", filled, person=person)


async def _page(request: Request, name: str, filled: Filled[Any], **more: object) -> Response:
    status = 422 if filled.errors else 200
    return await page(request, f"community/people/{name}", {"form": filled, **more}, status=status)


routes = [
    Route("/password", form, name="password"),
    Route("/password", ask, methods=["POST"]),
    Route("/password/{token}", link, name="password-by"),
    Route("/password/{token}", reset, methods=["POST"]),
    Route("/me/password", change_form, name="my-password"),
    Route("/me/password", change, methods=["POST"]),
]
