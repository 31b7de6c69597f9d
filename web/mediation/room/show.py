"""How a room and its lines look to one reader: colours, names, who reads what is written here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from mediation.case.models import Party, Side
from mediation.room.card_rules import ConsentAct, Reply, reply_of, unpacked
from mediation.room.models import Room
from mediation.room.queries import Line
from mediation.room.quiet import hush_of
from mediation.room.rules import LineKind, RoomKind, Voice, recallable
from mediation.room.voice import spoken_of
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


REPLIES: Final = MappingProxyType(
    {
        Reply.YES: N_("{name}同意了第 {n} 条。"),
        Reply.NO: N_("{name}不同意第 {n} 条。"),
        Reply.COUNTER: N_("{name}对第 {n} 条另提了一个方案。"),
        Reply.WITHDRAWN: N_("{name}收回了第 {n} 条的卡片。"),
        Reply.FIXED: N_("第 {n} 条说的见面，时间定了。"),
        Reply.MOVED: N_("第 {n} 条说的见面，时间要改，请看新的一张。"),
        Reply.CALLED_OFF: N_("第 {n} 条说的见面取消了。"),
        Reply.EXPIRED: N_("第 {n} 条的方案过了时间，不算数了。"),
        Reply.BOTH: N_("第 {n} 条的方案，各方都接受了。"),
    }
)
"""What a line says that became of a card."""


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


@dataclass(frozen=True, slots=True)
class Answering:
    """What a reader of a page has answered: the parties they act for, and their times by appointment."""

    own: frozenset[int]
    chosen: Mapping[int, frozenset[int] | None]


def row(
    line: Line, *, mine: bool, at: datetime, mediates: bool = False, answering: Answering | None = None
) -> dict[str, object]:
    """Return what ``_message.html`` needs to show a line to one reader, but for ``base``.

    Without ``answering``, as over the socket, a card is shown alike to all who are asked; a second answer does nothing.
    """
    circle = CIRCLES.get(line.voice, "b") if line.voice else ""
    fresh = mine and recallable(line.sent_at, at)
    shown = {"line": line, "mine": mine, "fresh": fresh, "circle": circle, "answers": ANSWERS, "leads": mediates}
    return {**shown, **_card(line, answering, at)}


def _card(line: Line, answering: Answering | None, at: datetime) -> dict[str, object]:
    """Return what a card, or what became of one, needs besides."""
    if line.kind is LineKind.REPLY and line.text:
        reply, words = reply_of(line.text)
        return {"became": REPLIES[reply], "words": words}
    if line.kind is LineKind.VOICE and line.text:
        return {"spoken": spoken_of(line.text)}
    if line.kind in (LineKind.MUTE, LineKind.UNMUTE):
        return {"hush": hush_of(line.text)}
    if line.kind is not LineKind.CARD or line.card is None or not line.text:
        return {}
    own, chosen = (answering.own, answering.chosen) if answering else (None, None)
    shown = {"card": line.card, "terms": terms_of(line.text), "takes": line.card.takes(at)}
    return {**shown, "own": own, "chosen": chosen, "side_of": _side_of}


def terms_of(text: str) -> dict[str, object]:
    """Return what a card says, with what it asks consent to as a member."""
    terms = unpacked(text)
    times = [datetime.fromisoformat(each) for each in terms.times]
    return {**asdict(terms), "times": times, "consent": ConsentAct(terms.act) if terms.act else None}


def _side_of(sign: str) -> Side:
    return Side(sign[0])


def html_of(line: Line, base: str, *, mine: bool, at: datetime, lang: str, mediates: bool = False) -> str:
    """Return one line as the socket and a resumed link show it, the same as on the page at ``base``."""
    return render(ROW, {**row(line, mine=mine, at=at, mediates=mediates), "base": base}, lang=lang)
