"""How the cards among some lines stand, read at once for all of them by one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mediation.appointment.rules import Fixing, MeetBy
from mediation.room.card_rules import CardKind, CardState, Reply, answered
from mediation.room.models import RoomCard

COLUMNS = (
    "message_id", "kind", "state", "act", "appointment_id", "appointment__code", "appointment__state",
    "appointment__meet_by", "appointment__starts_at", "appointment__round", "replies__party_id", "replies__reply",
    "replies__by__name", "replies__replaced_at", "expires_at", "carried",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What one party answered, and who said it."""

    party_id: int
    name: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Meeting:
    """The appointment that a card shows, as it stands."""

    id: int
    code: str
    state: Fixing
    meet_by: MeetBy
    starts_at: datetime | None
    round: int


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it stands, with the answers that hold now."""

    kind: CardKind
    state: CardState
    act: str
    replies: tuple[Answered, ...] = ()
    meeting: Meeting | None = None
    expires_at: datetime | None = None
    carried: str = ""

    def takes(self, at: datetime) -> bool:
        """Return whether an answer is taken, or another one, at ``at``."""
        return answered(self.kind, self.state, self.expires_at, at)


async def cards_of(message_ids: Sequence[int]) -> Mapping[int, Card]:
    """Return the cards of some lines, by line; the caller has checked for whom."""
    if not message_ids:
        return {}
    found = RoomCard.filter(message_id__in=list(message_ids)).order_by("id", "replies__id")
    cards: dict[int, Card] = {}
    for row in await found.values(*COLUMNS):
        card = cards.get(row["message_id"]) or _card(row)
        cards[row["message_id"]] = replace(card, replies=(*card.replies, *_reply(row)))
    return cards


def _card(row: dict[str, Any]) -> Card:
    kind, state, meeting = CardKind(row["kind"]), CardState(row["state"]), _meeting(row)
    return Card(kind, state, row["act"], (), meeting, row["expires_at"], row["carried"])


def _meeting(row: dict[str, Any]) -> Meeting | None:
    if row["appointment_id"] is None:
        return None
    state, meet_by = Fixing(row["appointment__state"]), MeetBy(row["appointment__meet_by"])
    starts_at, count = row["appointment__starts_at"], row["appointment__round"]
    return Meeting(row["appointment_id"], row["appointment__code"], state, meet_by, starts_at, count)


def _reply(row: dict[str, Any]) -> tuple[Answered, ...]:
    if row["replies__party_id"] is None or row["replies__replaced_at"]:
        return ()
    return (Answered(row["replies__party_id"], row["replies__by__name"], Reply(row["replies__reply"])),)
