"""Who is asking: the session cookie, the person behind it, their preferences and menus."""

from datetime import datetime, timedelta
from functools import lru_cache
from http.cookies import SimpleCookie
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from community.errors import Forbidden
from community.people.models import Person, Session
from community.people.reader import Found, Reader, read_by, reader_from
from community.people.roles import all_roles, is_staff
from community.people.sessions import hash_of_token
from community.record.transaction import bookkeeping
from web.errors import SecondFactorNeeded, SignInNeeded
from web.locale import LANGUAGES, SOURCE
from web.page import Prefs

TOUCH: Final = timedelta(minutes=10)
CHOICES: Final = {"mode": ("std", "elder"), "text": ("", "xl"), "theme": ("", "dark", "light"), "lang": LANGUAGES}


class PersonMiddleware:
    """Put the signed-in person, their session and preferences on every request and socket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the session up afresh each time, so that signing out everywhere takes effect at once."""
        if scope["type"] in ("http", "websocket") and not scope["path"].startswith("/static/"):
            connection = HTTPConnection(scope)
            at = scope["app"].state.clock.now()
            known = scope.get("state", {}).get("kept")
            reader = known.reader if known else await reader_of(connection, at)
            person = reader.person if reader and not owes_factor(reader) else None
            if person and scope["type"] == "http":  # a socket lives on while roles end
                person.held = reader.held if reader else None
            scope.setdefault("state", {}).update(
                session=reader.session if reader else None,
                person=person,
                reader=reader if person else None,
                prefs=preferences(connection, reader.person if reader else None),
            )
        await self.app(scope, receive, send)


def owes_factor(reader: Reader) -> bool:
    """Return whether this session must show a second factor, or set one up, before it counts as its person."""
    if reader.session.strong_at:
        return False
    return bool(reader.person.totp_secret) or is_staff(reader.roles)


def cookie_name(connection: HTTPConnection) -> str:
    """Return the session cookie's name; ``__Host-`` binds it to this host over TLS."""
    return "__Host-heyi" if connection.app.state.settings.site_url.startswith("https") else "heyi"


def token_hash(token: str) -> str:
    """Return how a session's token is stored."""
    return hash_of_token(token)


async def reader_of(connection: HTTPConnection, at: datetime) -> Reader | None:
    """Return who holds the running session named by the cookie, if there is one."""
    reader = reader_from(await found_for(connection, at))
    if reader:
        await touched(reader.session.id, reader.session.seen_at, at)
    return reader


async def found_for(connection: HTTPConnection, at: datetime) -> Found:
    """Return what was read about the session named by the cookie; nothing when there is no cookie."""
    token = connection.cookies.get(cookie_name(connection))
    return await read_by(token_hash(token), at=at) if token else ()


async def touched(session_id: int, seen_at: datetime, at: datetime) -> None:
    """Note that a session is in use, unless that was noted a while ago."""
    if at - seen_at > TOUCH:
        await _touch(session_id, at)


@bookkeeping
async def _touch(session_id: int, at: datetime) -> None:
    await Session.filter(id=session_id).update(seen_at=at)


def preferences(connection: HTTPConnection, person: Person | None) -> Prefs:
    """Return the account's preferences, or those of the ``heyi-prefs`` cookie, or the browser's language."""
    if person:
        return Prefs(str(person.mode), person.text_size, person.theme, person.lang)
    return _chosen(connection.cookies.get("heyi-prefs", ""), connection.headers.get("accept-language", ""))


@lru_cache(maxsize=256)
def _chosen(cookie: str, languages: str) -> Prefs:
    jar = SimpleCookie()
    jar.load(cookie.replace("&", ";"))
    chosen = {name: jar[name].value for name, options in CHOICES.items() if name in jar and jar[name].value in options}
    chosen.setdefault("lang", _spoken(languages))
    return Prefs(**chosen)


def _spoken(header: str) -> str:
    for part in header.split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return SOURCE
        if tag.startswith("en"):
            return "en"
    return SOURCE


def reading(connection: HTTPConnection) -> Reader | None:
    """Return what was read about the signed-in person as this request began; for menus and buttons."""
    reader = connection.scope.get("state", {}).get("reader")
    return reader if isinstance(reader, Reader) else None


def maybe(connection: HTTPConnection) -> Person | None:
    """Return the signed-in person, if somebody is and has shown whatever second factor they owe."""
    person = connection.scope.get("state", {}).get("person")
    return person if isinstance(person, Person) else None


def signed_in(connection: HTTPConnection) -> Person:
    """Return the signed-in person.

    Raises:
        SignInNeeded: nobody is.
        SecondFactorNeeded: this session has not shown its one-time code yet, or staff have not set theirs up.
    """
    person = maybe(connection)
    if person is None:
        session_here(connection)
        raise SecondFactorNeeded
    return person


async def staff_in(connection: HTTPConnection) -> Person:
    """Return the signed-in person when they hold an office, which implies a second factor.

    Raises:
        SignInNeeded, SecondFactorNeeded: as `signed_in`.
        Forbidden: they hold none.
    """
    person = signed_in(connection)
    if not is_staff(await all_roles(person, at=now(connection))):
        raise Forbidden("这一页是给工作人员办事用的。您要办的事，请从首页进。")
    return person


def session_here(connection: HTTPConnection) -> Session:
    """Return the running session, whether or not it has shown a second factor; for the pages that ask for one.

    Raises:
        SignInNeeded: there is none.
    """
    session = connection.scope.get("state", {}).get("session")
    if not isinstance(session, Session):
        raise SignInNeeded
    return session


def now(connection: HTTPConnection) -> datetime:
    """Return the present instant by the application's clock."""
    moment: datetime = connection.app.state.clock.now()
    return moment
