"""Everything that is mine: the menu, the settings, where I am signed in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.notice.rules import Rhythm
from community.people.models import Mode, Person
from community.people.profile import Choices, choose
from community.people.queries import my_holdings, my_sessions
from community.people.sessions import end_mine
from web.community.people.forms import SettingsForm
from web.community.people.menu import entries
from web.community.people.words import DONE, device
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def menu(request: Request) -> Response:
    """List everything that is mine."""
    person = signed_in(request)
    held = await my_holdings(person, at=now(request))
    return await page(request, "community/people/me.html", {"entries": entries(request.app), "held": held})


async def settings(request: Request) -> Response:
    """Show the settings, and where I am signed in."""
    person = signed_in(request)
    return await _settings(request, person, Filled(_as_typed(person), None, {}))


async def change(request: Request) -> Response:
    """Keep the settings."""
    person = signed_in(request)
    filled = await read(request, SettingsForm)
    if filled.data is None:
        return await _settings(request, person, filled)
    try:
        await choose(person, _choices(filled.data), at=now(request))
    except Unfit as why:
        return await _settings(request, person, filled.with_error(why))
    return done("/me/settings?done=saved")


async def end_one(request: Request) -> Response:
    """Sign out on one other device."""
    await end_mine(signed_in(request), request.path_params["code"], at=now(request))
    return done("/me/settings?done=ended")


def _choices(given: SettingsForm) -> Choices:
    return Choices(
        name=given.name,
        lang=given.lang,
        mode=given.mode,
        text_size=given.text or "",
        theme=given.theme or "",
        rhythm=given.rhythm,
    )


def _as_typed(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "lang": person.lang,
        "mode": person.mode,
        "text": person.text_size,
        "theme": person.theme,
        "rhythm": person.mail_digest,
    }


async def _settings(request: Request, person: Person, filled: Filled[SettingsForm]) -> Response:
    view = {
        "form": filled,
        "modes": list(Mode),
        "rhythms": list(Rhythm),
        "sessions": await my_sessions(person, at=now(request)),
        "device": device,
        "this": request.state.session.id,
        "said_done": DONE.get(request.query_params.get("done", "")),
    }
    return await page(request, "community/people/settings.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/me", menu, name="me"),
    Route("/me/settings", settings, name="settings"),
    Route("/me/settings", change, methods=["POST"]),
    Route("/me/sessions/{code}/end", end_one, methods=["POST"], name="end-session"),
]
