"""Signing up, and proving the mailbox."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import MovedOn, Unfit
from community.people.links import whose
from community.people.models import Mode, Person
from community.people.queries import communities
from community.people.rules import NOTICE_VERSION, Deed, Purpose, tidy_email, tidy_name
from community.people.signup import Looks, confirm, sign_up
from community.people.throttle import attempt
from web.community.people.cookie import host, welcome
from web.community.people.forms import ConfirmForm, SignUpForm
from web.community.people.sign_in import gone
from web.forms import Filled, check, read
from web.page import done, page, prefs_of
from web.person import maybe, now


async def form(request: Request) -> Response:
    """Show the form."""
    return done("/me") if maybe(request) else await _form(request, check(SignUpForm, {}), fresh=True)


async def join(request: Request) -> Response:
    """Take the form and mail a link; the answer is the same whether or not the address is known."""
    filled = _looked_through(await read(request, SignUpForm))
    if filled.data is None:
        return await _form(request, filled)
    try:
        await _join(request, filled.data)
    except Unfit as why:
        return await _form(request, filled.with_error(why))
    return done("/sent")


async def link(request: Request) -> Response:
    """Show the page of a confirmation link; only its button confirms."""
    person = await whose(request.path_params["token"], Purpose.CONFIRM, at=now(request))
    if person is None:
        return await gone(request, "/sign-up")
    return await _link(request, person, check(ConfirmForm, {}))


async def confirmed(request: Request) -> Response:
    """Take the mailbox as proven, with the password when one was chosen, and sign in."""
    token, at = request.path_params["token"], now(request)
    filled = await read(request, ConfirmForm)
    person = await whose(token, Purpose.CONFIRM, at=at)
    if person is None:
        return await gone(request, "/sign-up")
    try:
        password = filled.data.password if filled.data else None
        person = await confirm(token, password=password, person=person, at=at)
    except Unfit as why:
        return await _link(request, person, filled.with_error(why))
    except MovedOn:
        return await gone(request, "/sign-up")
    return await welcome(request, person, shared=bool(filled.data and filled.data.shared), to="/me")


async def privacy(request: Request) -> Response:
    """Say what is kept about people, why and how long."""
    return await page(request, "community/people/privacy.html", {"version": NOTICE_VERSION})


def _looked_through(filled: Filled[SignUpForm]) -> Filled[SignUpForm]:
    """Return the form with every mistake in it at once, not one after the other."""
    given = filled.data
    if given is None:
        return filled
    for look in (lambda: tidy_name(given.name), lambda: tidy_email(given.email), lambda: _agreed(given)):
        try:
            look()
        except Unfit as why:
            filled = filled.with_error(why)
    return filled


def _agreed(given: SignUpForm) -> None:
    if not given.agree:
        raise Unfit("请先看一看隐私说明，同意的话打个勾。", field="agree")


async def _join(request: Request, given: SignUpForm) -> None:
    prefs, at = prefs_of(request), now(request)
    await attempt(Deed.MAIL, account=tidy_email(given.email), host=host(request), at=at)
    await sign_up(
        name=given.name,
        email=given.email,
        community_id=given.community,
        notice_version=given.notice,
        looks=Looks(prefs.lang, Mode(prefs.mode), prefs.text, prefs.theme),
        at=at,
    )


async def _form(request: Request, filled: Filled[SignUpForm], *, fresh: bool = False) -> Response:
    shown = Filled(filled.typed, None, {}) if fresh else filled
    view = {"form": shown, "communities": await communities(), "notice": NOTICE_VERSION}
    return await page(request, "community/people/sign_up.html", view, status=200 if fresh else 422)


async def _link(request: Request, person: Person, filled: Filled[ConfirmForm]) -> Response:
    status = 422 if filled.errors else 200
    return await page(request, "community/people/confirm.html", {"person": person, "form": filled}, status=status)


routes = [
    Route("/sign-up", form, name="sign-up"),
    Route("/sign-up", join, methods=["POST"]),
    Route("/confirm/{token}", link, name="confirm"),
    Route("/confirm/{token}", confirmed, methods=["POST"]),
    Route("/privacy", privacy, name="privacy"),
]
