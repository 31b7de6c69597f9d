"""The one place that decides between a whole page, a fragment and a redirect."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, Router

from community.people.reader import Reader
from community.people.roles import is_staff
from community.rights import may
from web import cited, say_time
from web.cells import install
from web.compiled import Compiled
from web.locale import LANGUAGES, SOURCE, translations
from web.static import address_of
from web.words import gathered

WEB: Final = Path(__file__).parent
VARY: Final = "HX-Request-Type, Cookie, Accept-Language"
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Prefs:
    """How this reader wants pages: from the account when signed in, else from a cookie."""

    mode: str = "std"
    text: str = ""
    theme: str = ""
    lang: str = SOURCE


@dataclass(frozen=True, slots=True)
class Site:
    """What the footer says about who runs this."""

    name: str
    host_name: str
    phone: str

    @property
    def phone_href(self) -> str:
        """Return the number as a ``tel:`` address."""
        return "tel:" + "".join(c for c in self.phone if c.isdigit() or c == "+")


@dataclass(frozen=True, slots=True)
class Host:
    """Who runs the site for one reader, and the name of their community."""

    site: Site
    place_name: str


_routes: dict[str, Any] = {}
_named: dict[tuple[str, frozenset[str]], Route] = {}


def use_routes(router: Router) -> None:
    """Let templates name the routes of the running application.

    Starlette looks a name up by walking all routes; a page names some seventy,
    so plain routes are found by their name and parameters at once.
    """
    _routes["url_for"] = router.url_path_for
    _named.clear()
    for route in router.routes:
        if isinstance(route, Route):
            _named.setdefault((route.name, frozenset(route.param_convertors)), route)


def url_for(name: str, /, **params: Any) -> str:  # noqa: ANN401 - path parameters of any type
    """Return the path of a named route."""
    if name == "static":
        return address_of(params["path"])
    route = _named.get((name, frozenset(params)))
    return str(route.url_path_for(name, **params) if route else _routes["url_for"](name, **params))


@cache
def environment(lang: str, kind: type[jinja2.Environment] = Compiled) -> jinja2.Environment:
    """Return the template environment of one language; one each, so that nothing is frozen in the wrong one."""
    env = kind(
        loader=jinja2.FileSystemLoader(WEB),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    words, texts = gathered(), translations(lang)
    env.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        url_for=url_for,
        label=lambda member: texts.gettext(words[(type(member), member.name)]),
        said=lambda why: texts.gettext(why.reason).format(**why.facts),
        mistakes=lambda form: {
            name: texts.gettext(why.reason).format(**why.facts) for name, why in form.errors.items()
        },
        cited=cited.speaker(texts.gettext),
        **say_time.speakers(lang),
    )
    install(env)
    env.globals["gettext_of"] = texts.gettext
    return env


def render(template: str, view: Mapping[str, object], *, lang: str = SOURCE) -> str:
    """Return ``template`` filled with ``view`` in ``lang``."""
    return environment(lang if lang in LANGUAGES else SOURCE).get_template(template).render(**view)


def prefs_of(connection: HTTPConnection) -> Prefs:
    """Return the reader's preferences; the person middleware has put them there."""
    prefs = connection.scope.get("state", {}).get("prefs")
    return prefs if isinstance(prefs, Prefs) else Prefs()


def wants_fragment(request: HTTPConnection) -> bool:
    """Return whether htmx will swap the answer into a part of the page it is on."""
    return request.headers.get("hx-request-type") == "partial"


async def page(
    request: Request,
    template: str,
    view: Mapping[str, object],
    *,
    fragment: str | None = None,
    status: int = 200,
    grain: str | None = None,
) -> Response:
    """Answer with ``template``, or with its ``fragment`` alone when that is all htmx needs.

    With a ``grain`` (of `web.unchanged`) the browser may keep the page and ask whether it has changed.
    """
    chosen = fragment if fragment and wants_fragment(request) else template
    html = render(chosen, {**await chrome(request), **view}, lang=prefs_of(request).lang)
    kept = request.scope.get("state", {}).get("kept") if grain and status == OK else None
    keeping = {"ETag": kept.tag(grain), "Cache-Control": "private, no-cache"} if kept else {"Cache-Control": "no-store"}
    return HTMLResponse(html, status_code=status, headers={"Vary": VARY, **keeping})


def done(url: str) -> Response:
    """Answer a successful change: go and look at it (303, so that reloading does not repeat the change).

    htmx follows the redirect too and swaps what the page answers as a fragment.
    """
    return RedirectResponse(url, status_code=303)


async def chrome(request: HTTPConnection) -> dict[str, object]:
    """Return what the frame around every page needs."""
    state, app = request.scope.get("state", {}), request.app
    now = app.state.clock.now()
    say_time.turn(now)
    host = await app.state.hosts.of(state.get("person"), now)
    return {
        "request": request,
        "me": state.get("person"),
        "prefs": prefs_of(request),
        "site": host.site,
        "place_name": host.place_name,
        "here": request.url.path,
        "development": app.state.settings.development,
        **_allowed(state.get("reader")),
    }


def _allowed(reader: Reader | None) -> dict[str, object]:
    """Return the reader's unread notices and what the menus may show; a request that changes either redirects."""
    if reader is None:
        return {"unread": 0, "may": lambda _right: False, "at_desk": False}
    roles = reader.roles
    return {"unread": reader.unread, "may": lambda right: may(roles, right), "at_desk": is_staff(roles)}
