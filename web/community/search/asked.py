"""What somebody asked for in the address of the page, read with care: what makes no sense is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.requests import Request

from community.places.models import Place
from community.search.queries import Wish
from deliberation.matter.queries import SHELVES, Shelf
from web.clock import BEIJING
from web.community.search.words import KINDS
from web.person import maybe
from web.text import clean, whole

MOST = 60
SHELF = {shelf.value: shelf for shelf in SHELVES}


@dataclass(frozen=True, slots=True)
class Asked:
    """The words and the filters as typed; ``place`` is a key, "all", or empty for the reader's own community."""

    q: str = ""
    kind: str = ""
    shelf: str = ""
    since: str = ""
    until: str = ""
    place: str = ""

    @property
    def filtered(self) -> bool:
        """Return whether anything but words was chosen."""
        return any((self.kind, self.shelf, self.since, self.until, self.place))

    def address(self, **more: str) -> str:
        """Return the address of this search, with ``more`` changed."""
        asked = {name: getattr(self, name) for name in self.__slots__}
        return "/search?" + urlencode({name: value for name, value in {**asked, **more}.items() if value})


def asked(request: Request) -> Asked:
    """Read the address."""
    typed = {name: clean(value)[:MOST].strip() for name, value in request.query_params.items()}
    return Asked(
        q=typed.get("q", ""),
        kind=_one_of(typed, "kind", KINDS),
        shelf=_one_of(typed, "shelf", SHELF),
        since=typed["since"] if day(typed.get("since", "")) else "",
        until=typed["until"] if day(typed.get("until", "")) else "",
        place=typed.get("place", "") if typed.get("place") == "all" or whole(typed.get("place", "")) else "",
    )


def _one_of(typed: Mapping[str, str], name: str, known: Mapping[str, object]) -> str:
    return typed[name] if typed.get(name) in known else ""


def day(typed: str) -> date | None:
    """Return the day that was typed, or None."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def midnight(on: date | None, *, days: int = 0) -> datetime | None:
    """Return when a day begins in Beijing, ``days`` later; None when that is out of the calendar."""
    try:
        return datetime.combine(on, time(), BEIJING) + timedelta(days=days) if on else None
    except OverflowError:
        return None


async def wish_of(request: Request, typed: Asked) -> Wish:
    """Return what to look for."""
    shelf = SHELF.get(typed.shelf)
    return Wish(
        words=typed.q,
        place_path=await _path(request, typed.place),
        kinds=[typed.kind] if typed.kind else [],
        states=states_of(shelf),
        since=midnight(day(typed.since)),
        until=midnight(day(typed.until), days=1),
    )


def states_of(shelf: Shelf | None) -> list[str]:
    """Return the states that a shelf holds."""
    return [state.value for state in SHELVES[shelf]] if shelf else []


async def _path(request: Request, place: str) -> str:
    person = maybe(request)
    key = whole(place) or (person.community_id if person and place != "all" else None)
    found = await Place.get_or_none(id=key) if key else None
    return found.path if found else ""
