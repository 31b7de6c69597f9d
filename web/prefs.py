"""长辈版、字号、深浅色、语言 — how pages look, kept with the account or, for visitors, in a cookie."""

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from community.people.models import Mode, Person
from community.record.transaction import bookkeeping
from web.forms import Form, read
from web.page import Prefs, prefs_of
from web.person import CHOICES, maybe

YEAR = 365 * 24 * 3600


class PrefsForm(Form):
    """One choice, and the page to go back to. Each button of the frame sends one of the four names."""

    mode: str | None = None
    text: str | None = None
    theme: str | None = None
    lang: str | None = None
    next: str = "/"


async def change(request: Request) -> Response:
    """Change what was chosen and go back."""
    filled = await read(request, PrefsForm)
    chosen = {name: str(filled.typed[name]) for name, options in CHOICES.items() if filled.typed.get(name) in options}
    response = RedirectResponse(local(str(filled.value("next", "/"))), status_code=303)
    if person := maybe(request):
        await _keep(person, chosen)
    _bake(response, prefs_of(request), chosen, secure=request.url.scheme == "https")
    return response


def local(path: str) -> str:
    """Return ``path`` when it stays on this site, else the first page."""
    here = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if here and path.isprintable() else "/"  # browsers drop tabs: "/<tab>/elsewhere" leaves the site


@bookkeeping
async def _keep(person: Person, chosen: Mapping[str, str]) -> None:
    columns: dict[str, object] = {"text_size" if name == "text" else name: value for name, value in chosen.items()}
    if "mode" in columns:
        columns["mode"] = Mode(str(columns["mode"]))
    if columns:
        await Person.filter(id=person.id).update(**columns)


def _bake(response: Response, prefs: Prefs, chosen: Mapping[str, str], *, secure: bool) -> None:
    baked = urlencode({**asdict(prefs), **chosen})
    response.set_cookie("heyi-prefs", baked, max_age=YEAR, samesite="lax", httponly=True, secure=secure)


routes = [Route("/prefs", change, methods=["POST"], name="prefs")]
