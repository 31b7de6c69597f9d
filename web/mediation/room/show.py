"""How a room and its lines look to one reader: colours, names, who reads what is written here."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from mediation.case.models import Party, Side
from mediation.room.models import Room
from mediation.room.queries import Line
from mediation.room.rules import RoomKind, Voice, recallable
from web.page import render
from web.words import N_

ROW: Final = "mediation/room/_message.html"
CIRCLES: Final = MappingProxyType({Voice.APPLICANT: "a", Voice.MEDIATOR: "m", Voice.INTAKE: "m"})


ANSWERS: Final = MappingProxyType(
    {
        "granted": N_("当事人同意转告第 {n} 条。"),
        "refused": N_("当事人不同意转告第 {n} 条。"),
        "told": N_("第 {n} 条已经转告给大家。"),
    }
)
"""What a line says that became of a sentence to tell."""


@dataclass(frozen=True, slots=True)
class Look:
    """A room for one reader: its colour, icon, name, who reads it and what the button says; ``name`` fills in."""

    tone: str
    icon: str
    title: str
    readers: str
    button: str
    name: str = ""


_TOGETHER: Final = Look("all", "users", N_("大家一起"), N_("谁能看到：各位当事人和调解员。"), N_("发给双方"), "")
_OWN: Final = Look(
    "n", "note", N_("内部记录"), N_("谁能看到：只有调解员。当事人看不到。"), N_("记下来，只给调解员看"), ""
)
_WITH_MEDIATOR: Final = (N_("只和调解员"), N_("谁能看到：只有您和调解员。对方看不到。"), N_("只发给调解员"))
_WITH_PARTY: Final = (N_("只和{name}"), N_("谁能看到：只有{name}和您。对方看不到。"), N_("只发给{name}"))
_INTAKE: Final = Look("all", "note", N_("受理"), N_("谁能看到：申请人和受理员。"), N_("发出"), "")
_COURT: Final = Look("n", "note", N_("法院联络"), N_("谁能看到：调解员和法院。当事人看不到。"), N_("发给法院"), "")
_LOOKS: Final = MappingProxyType(
    {RoomKind.JOINT: _TOGETHER, RoomKind.INTERNAL: _OWN, RoomKind.INTAKE: _INTAKE, RoomKind.LIAISON: _COURT}
)


def look(room: Room, party: Party | None, name: str, *, reader_id: int) -> Look:
    """Return how ``room`` looks to a reader; ``name`` is that of the party who talks there alone."""
    if party is None:
        return _LOOKS[room.kind]
    tone = "a" if party.side is Side.APPLICANT else "b"
    own = party.person_id == reader_id
    return Look(tone, "lock", *(_WITH_MEDIATOR if own else _WITH_PARTY), name)


def row(line: Line, *, mine: bool, at: datetime, mediates: bool = False) -> dict[str, object]:
    """Return what ``_message.html`` needs to show a line to one reader, but for ``base``."""
    circle = CIRCLES.get(line.voice, "b") if line.voice else ""
    fresh = mine and recallable(line.sent_at, at)
    return {"line": line, "mine": mine, "fresh": fresh, "circle": circle, "answers": ANSWERS, "leads": mediates}


def html_of(line: Line, base: str, *, mine: bool, at: datetime, lang: str, mediates: bool = False) -> str:
    """Return one line as the socket and a resumed link show it, the same as on the page at ``base``."""
    return render(ROW, {**row(line, mine=mine, at=at, mediates=mediates), "base": base}, lang=lang)
