"""The rooms of a case for a program of whoever sits in them: what was said, saying something, answering a card.

Nobody reads here what the page would not show: every call looks at the seat anew, and knocking at others' is recorded.
"""

from datetime import datetime

from pydantic import Field

from community.errors import Forbidden, Hidden, TooOften
from community.tokens.rules import Scope
from mediation.case.queries import visible_case
from mediation.privacy.logging import note_room
from mediation.room import commands, replying
from mediation.room.card_rules import CardKind, CardState, Reply, unpacked
from mediation.room.denying import denied
from mediation.room.queries import Entry, Line, history, line, rooms_of, unread, visible_room
from mediation.room.rules import Cover, LineKind, RoomKind, Voice
from web.api.call import Answer, Ask, Call
from web.forms import Form
from web.mediation.room.forms import ReplyForm, SayForm
from web.mediation.room.talk import TOO_MANY
from web.tasks import spawn
from web.words import N_

SPOKEN = frozenset({LineKind.TEXT, LineKind.PERMIT})
"""Lines whose words are somebody's; what else happened is told by its kind."""


class RoomOut(Answer):
    """A room in which one sits: the number of its newest line, and how many one has not seen."""

    code: str
    kind: RoomKind
    newest: int
    unread: int


class RoomList(Answer):
    """The rooms of a case in which one sits, the joint one first."""

    items: list[RoomOut]


class CardOut(Answer):
    """A card as it stands: ``fen`` is due from ``payer`` to ``payee`` (signs), ``answers`` by who gave them."""

    kind: CardKind
    state: CardState
    act: str
    text: str
    fen: int | None
    payer: str
    payee: str
    days: int | None
    times: list[str]
    answers: list[Reply]


class MessageOut(Answer):
    """One numbered line; one that was taken back or covered has no words."""

    seq: int
    kind: LineKind
    voice: Voice | None
    name: str
    own: bool
    text: str
    reply_to: int | None
    sent_at: datetime
    recalled: bool
    covered: Cover | None
    card: CardOut | None


class MessageList(Answer):
    """Lines of a room, oldest first; ``before`` gets the ones before them, and is null at the first."""

    items: list[MessageOut]
    before: int | None


class MessagesAsk(Form):
    """Which lines: the newest, or those before a number."""

    before: int | None = Field(None, ge=1, le=2**31 - 1, description=N_("上一页给出的 before"))


class SaidOut(Answer):
    """The number of what was said; ``again`` when the same ``client_id`` had been stored before."""

    seq: int
    again: bool


async def list_rooms(ask: Ask) -> RoomList:
    """Answer with the rooms in which one sits."""
    case, _ = await visible_case(ask.person, ask.path["code"], at=ask.at)
    rooms = await rooms_of(ask.person, case, at=ask.at)
    new = await unread(ask.person, rooms)
    return RoomList(
        items=[RoomOut(code=each.code, kind=each.kind, newest=each.last_seq, unread=new[each.id]) for each in rooms]
    )


async def read(ask: Ask) -> MessageList:
    """Answer with lines of a room; that an officer read them is noted."""
    entry = await entry_for(ask)
    if entry.seat:
        await note_room(entry.room, entry.seat.voice, by=ask.person, at=ask.at)
    found = await history(entry, before=ask.query.before)
    first = found[0].seq if found and found[0].seq > entry.spans[0][0] else None
    return MessageList(items=[_line(each, ask.person.id) for each in found], before=first)


async def say(ask: Ask) -> SaidOut:
    """Say something; the same ``client_id`` again is the same line."""
    entry, given = await entry_for(ask), ask.body
    if seconds := ask.house.board.wait(ask.person.id):
        raise TooOften(TOO_MANY, seconds=seconds)
    told = {"reply_to": given.reply_to, "sure": given.sure}
    sent = await commands.send(entry.room.code, given.client_id, given.text, **told, by=ask.person, at=ask.at)
    return SaidOut(seq=sent.seq, again=sent.again)


async def answer(ask: Ask) -> MessageOut:
    """Answer a card."""
    entry, given, seq = await entry_for(ask), ask.body, ask.path["seq"]
    if entry.seat is None:
        raise Forbidden("您已经不在这间调解室，不能再答复。")
    await replying.answer(entry.room.code, seq, Reply(given.reply), words=given.words, by=ask.person, at=ask.at)
    found = await line(entry.room, seq)
    assert found  # noqa: S101 - it was answered just now
    return _line(found, ask.person.id)


async def entry_for(ask: Ask) -> Entry:
    """Return the room a program asks for, as its person sees it; knocking at another's is recorded."""
    room = ask.path["room"]
    try:
        return await visible_room(ask.person, ask.path["code"], room, at=ask.at)
    except Hidden:  # noted beside the answer, which takes as long for a room that does not exist
        spawn(denied(room, by=ask.person, at=ask.at), name="denied")
        raise


def _line(row: Line, reader: int) -> MessageOut:
    return MessageOut(
        seq=row.seq,
        kind=row.kind,
        voice=row.voice,
        name=row.name,
        own=row.author_id == reader,
        text=row.text if row.kind in SPOKEN else "",
        reply_to=row.reply_to,
        sent_at=row.sent_at,
        recalled=row.recalled,
        covered=row.covered,
        card=_card(row),
    )


def _card(row: Line) -> CardOut | None:
    if row.card is None or not row.text:
        return None
    told, card = unpacked(row.text), row.card
    return CardOut(
        kind=card.kind,
        state=card.state,
        act=card.act,
        text=told.text,
        fen=told.fen,
        payer=told.payer,
        payee=told.payee,
        days=told.days,
        times=list(told.times),
        answers=[each.reply for each in card.replies],
    )


calls = [
    Call(
        method="GET",
        path="/cases/{code}/rooms",
        name="listRooms",
        title=N_("看我在一件纠纷的哪几间调解室"),
        do=list_rooms,
        answer=RoomList,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="GET",
        path="/cases/{code}/rooms/{room}/messages",
        name="readRoom",
        title=N_("看一间调解室里说过的话"),
        do=read,
        answer=MessageList,
        query=MessagesAsk,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="POST",
        path="/cases/{code}/rooms/{room}/messages",
        name="sayInRoom",
        title=N_("在一间调解室里说话；同一个 client_id 只说一次"),
        do=say,
        answer=SaidOut,
        body=SayForm,
        scope=Scope.CASES_TALK,
    ),
    Call(
        method="POST",
        path="/cases/{code}/rooms/{room}/cards/{seq:int}/answers",
        name="answerCard",
        title=N_("答复一张卡片"),
        do=answer,
        answer=MessageOut,
        body=ReplyForm,
        scope=Scope.CASES_TALK,
    ),
]
