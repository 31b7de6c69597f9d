"""Rooms, who sits in them for which stretch of the talk, and the numbered lines. What was said is locked."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.appointment.models import Appointment
from mediation.case.models import Case, Party
from mediation.room.card_rules import CardKind, CardState, Reply
from mediation.room.rules import Chair, Cover, Leave, LineKind, LineState, Quiet, RoomKind, Voice


class Room(Model):
    """A place to talk about a case, with a data key of its own, wrapped, and the number of its newest line.

    Before ``quiet_until`` somebody may have been asked to say nothing here; afterwards nobody is.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "rooms", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(RoomKind, max_length=8)
    party = fields.ForeignKeyField(Party, "rooms", null=True, on_delete=fields.RESTRICT)
    key = fields.TextField()
    last_seq = fields.IntField(default=0)
    opened_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    quiet_until = fields.DatetimeField(null=True)

    case_id: int
    party_id: int | None

    class Meta:
        table = "room"
        indexes = (("case_id", "kind"),)

    @property
    def name(self) -> str:
        """Return how this room is called in the record and among listeners."""
        return f"room-{self.id}"


class RoomMember(Model):
    """One person sits in a room, for the lines ``from_seq`` to ``to_seq``."""

    id = fields.IntField(primary_key=True)
    room = fields.ForeignKeyField(Room, "members", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "room_seats", on_delete=fields.RESTRICT)
    chair = fields.CharEnumField(Chair, max_length=8)
    from_seq = fields.IntField(default=1)
    to_seq = fields.IntField(null=True)
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)

    room_id: int
    person_id: int

    class Meta:
        table = "room_member"
        indexes = (("room_id", "person_id"), ("person_id", "until"))


class Message(Model):
    """One numbered line. ``body`` is locked with the room's key, bound to room and number."""

    id = fields.BigIntField(primary_key=True)
    room = fields.ForeignKeyField(Room, "messages", on_delete=fields.RESTRICT)
    seq = fields.IntField()
    author = fields.ForeignKeyField(Person, "messages", null=True, on_delete=fields.RESTRICT)
    voice = fields.CharEnumField(Voice, max_length=1, null=True)
    kind = fields.CharEnumField(LineKind, max_length=8, default=LineKind.TEXT)
    body = fields.TextField()
    client_id = fields.CharField(max_length=64, null=True)
    sent_at = fields.DatetimeField()
    state = fields.CharEnumField(LineState, max_length=8, default=LineState.LIVE)
    covered = fields.CharEnumField(Cover, max_length=8, null=True)
    objected_at = fields.DatetimeField(null=True)
    reply_to = fields.IntField(null=True)
    lang = fields.CharField(max_length=8, null=True)

    room_id: int
    author_id: int | None

    class Meta:
        table = "room_message"
        unique_together = (("room", "seq"), ("author", "client_id"))


class Permit(Model):
    """A sentence from a one-sided talk that the mediator may tell the others once its owner agreed, word for word."""

    id = fields.IntField(primary_key=True)
    message = fields.OneToOneField(Message, "permit", on_delete=fields.RESTRICT)
    state = fields.CharEnumField(Leave, max_length=8, default=Leave.ASKED)
    answered_by = fields.ForeignKeyField(Person, "permits", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)
    told = fields.ForeignKeyField(Message, "told_by", null=True, on_delete=fields.RESTRICT)

    message_id: int

    class Meta:
        table = "room_permit"


class RoomCard(Model):
    """A card in a room and where it stands. What it says is the locked body of its line.

    Cards of one-sided talks that put the same proposal to each side have the same word in ``carried``.
    """

    id = fields.IntField(primary_key=True)
    message = fields.OneToOneField(Message, "card", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(CardKind, max_length=8)
    state = fields.CharEnumField(CardState, max_length=10, default=CardState.OPEN)
    act = fields.CharField(max_length=20, default="")
    appointment = fields.ForeignKeyField(Appointment, "cards", null=True, on_delete=fields.RESTRICT)
    settled_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)
    carried = fields.CharField(max_length=16, default="")

    message_id: int
    appointment_id: int | None

    class Meta:
        table = "room_card"
        indexes = (("carried",),)


class CardReply(Model):
    """What a party answered to a card, until they answered otherwise. The words with it are a line of the room."""

    id = fields.IntField(primary_key=True)
    card = fields.ForeignKeyField(RoomCard, "replies", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "card_replies", on_delete=fields.RESTRICT)
    reply = fields.CharEnumField(Reply, max_length=10)
    by = fields.ForeignKeyField(Person, "card_replies", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    replaced_at = fields.DatetimeField(null=True)

    card_id: int
    party_id: int
    by_id: int

    class Meta:
        table = "room_card_reply"
        indexes = (("card_id", "party_id"),)


class RoomQuiet(Model):
    """Somebody was asked to say nothing in a room from ``since`` to ``until``, or until ``ended_at`` before that."""

    id = fields.IntField(primary_key=True)
    room = fields.ForeignKeyField(Room, "quiets", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "room_quiets", on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "quiets_asked", on_delete=fields.RESTRICT)
    why = fields.CharEnumField(Quiet, max_length=8)
    since = fields.DatetimeField()
    until = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    room_id: int
    person_id: int

    class Meta:
        table = "room_quiet"
        indexes = (("room_id", "until"),)


class RoomSeen(Model):
    """How far somebody has read a room, until when they count as present there, and when they were last mailed."""

    id = fields.IntField(primary_key=True)
    room = fields.ForeignKeyField(Room, "seen", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "rooms_seen", on_delete=fields.RESTRICT)
    seq = fields.IntField(default=0)
    here_until = fields.DatetimeField(null=True)
    mailed_at = fields.DatetimeField(null=True)

    room_id: int
    person_id: int

    class Meta:
        table = "room_seen"
        unique_together = (("room", "person"),)


class DeniedKnock(Model):
    """Somebody was turned away at a room on a day. The row lets the record hold it once, however often they knock."""

    id = fields.IntField(primary_key=True)
    room = fields.ForeignKeyField(Room, "denied_knocks", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "denied_knocks", on_delete=fields.RESTRICT)
    day = fields.DateField()

    class Meta:
        table = "denied_knock"
        unique_together = (("room", "person", "day"),)
