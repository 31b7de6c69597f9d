"""Signing in with a password or a mailed link, and signing out."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import MovedOn, Unfit
from community.people import signin
from community.people.links import whose
from community.people.models import Person
from community.people.rules import Purpose
from community.people.sessions import end, sign_out_everywhere
from web.community.people.cookie import host, unbake, welcome
from web.community.people.forms import LinkForm, SignInForm
from web.forms import Filled, check, read
from web.page import done, page, prefs_of
from web.person import maybe, now, session_here, signed_in
from web.prefs import local


async def form(request: Request) -> Response:
    """Show the form; whoever is signed in already goes on."""
    to = local(request.query_params.get("next", "/"))
    return done(to) if maybe(request) else await _form(request, check(SignInForm, {"next": to}), fresh=True)


async def enter(request: Request) -> Response:
    """Sign in with a password."""
    filled = await read(request, SignInForm)
    if filled.data is None:
        return await _form(request, filled)
    try:
        person = await _known(request, filled.data)
    except Unfit as why:
        return await _form(request, filled.with_error(why))
    return await welcome(request, person, shared=filled.data.shared, to=filled.data.next)


async def ask(request: Request) -> Response:
    """Mail a sign-in link; the answer is the same for every address."""
    filled = await read(request, SignInForm)
    if filled.data is None:
        return await _form(request, filled)
    lang, at = prefs_of(request).lang, now(request)
    try:
        await signin.ask_link(filled.data.email, Purpose.SIGN_IN, lang=lang, host=host(request), at=at)
    except Unfit as why:
        return await _form(request, filled.with_error(why))
    return done("/sent")


async def sent(request: Request) -> Response:
    """Say that a mail is on its way, and what to do when none comes."""
    return await page(request, "community/people/sent.html", {})


async def link(request: Request) -> Response:
    """Show the page of a mailed link; only its button signs in, since mail scanners open links too."""
    person = await whose(request.path_params["token"], Purpose.SIGN_IN, at=now(request))
    if person is None:
        return await gone(request, "/sign-in")
    return await page(request, "community/people/link.html", {"person": person})


async def follow(request: Request) -> Response:
    """Sign in with a mailed link."""
    filled = await read(request, LinkForm)
    try:
        person = await signin.by_link(request.path_params["token"], at=now(request))
    except MovedOn:
        return await gone(request, "/sign-in")
    return await welcome(request, person, shared=bool(filled.data and filled.data.shared), to="/")


async def leave(request: Request) -> Response:
    """Sign out here."""
    session = session_here(request)
    await end(session, by=session.person, at=now(request))
    return unbake(done("/"), request)


async def leave_everywhere(request: Request) -> Response:
    """Sign out on every device."""
    person = signed_in(request)
    await sign_out_everywhere(person, by=person, at=now(request))
    return unbake(done("/sign-in"), request)


async def gone(request: Request, again: str) -> Response:
    """Say that a link is used up, and where to get another."""
    return await page(request, "community/people/gone.html", {"again": again}, status=410)


async def _known(request: Request, given: SignInForm) -> Person:
    if not given.password:
        raise Unfit("请填密码。没有密码的，请按“给我发登录链接”。", field="password")
    return await signin.by_password(given.email, given.password, host=host(request), at=now(request))


async def _form(request: Request, filled: Filled[SignInForm], *, fresh: bool = False) -> Response:
    shown = Filled(filled.typed, None, {}) if fresh else filled
    view = {"form": shown, "next": local(str(shown.value("next", "/")))}
    return await page(request, "community/people/sign_in.html", view, status=200 if fresh else 422)


routes = [
    Route("/sign-in", form, name="sign-in"),
    Route("/sign-in", enter, methods=["POST"]),
    Route("/sign-in/link", ask, methods=["POST"], name="sign-in-link"),
    Route("/sign-in/{token}", link, name="sign-in-by"),
    Route("/sign-in/{token}", follow, methods=["POST"]),
    Route("/sent", sent, name="sent"),
    Route("/sign-out", leave, methods=["POST"], name="sign-out"),
    Route("/sign-out/everywhere", leave_everywhere, methods=["POST"], name="sign-out-everywhere"),
]
