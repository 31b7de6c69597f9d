"""Meetings as stored: what is on the agenda, who is expected, who came, spoke and raised a hand, what was written."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.people.rules import Level, Method
from community.rights import Role
from deliberation.ballot.decide import Outcome
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body
from deliberation.body.rules import Basis, Effect, Weight
from deliberation.matter.models import Matter
from deliberation.meeting.rules import Form, Hand, How, Reply, SeatKind, Turn, Way
from deliberation.meeting.workflow import MeetingState


class Meeting(Model):
    """One meeting of a body. ``sequence`` counts the versions sent out (RFC 5545), ``item_id`` is talked about now."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    body = fields.ForeignKeyField(Body, "meetings", on_delete=fields.RESTRICT)
    form = fields.CharEnumField(Form, max_length=12)
    title = fields.CharField(max_length=60)
    room = fields.CharField(max_length=80)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    state = fields.CharEnumField(MeetingState, max_length=12, default=MeetingState.PLANNED)
    host = fields.ForeignKeyField(Person, "meetings_hosted", on_delete=fields.RESTRICT)
    clerk = fields.ForeignKeyField(Person, "meetings_recorded", on_delete=fields.RESTRICT)
    roles = fields.CharField(max_length=200, default="")
    roll_id = fields.IntField(null=True)
    basis: Basis | None = fields.CharEnumField(Basis, max_length=12, null=True)  # type: ignore[assignment]
    item_id = fields.IntField(null=True)
    sequence = fields.IntField(default=0)
    reason = fields.CharField(max_length=200, default="")
    planned_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    called_at = fields.DatetimeField(null=True)
    opened_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    minuted_at = fields.DatetimeField(null=True)

    body_id: int
    host_id: int
    clerk_id: int

    class Meta:
        table = "meeting"
        indexes = (("community_id", "starts_at"), ("body_id", "starts_at"))

    @property
    def key(self) -> str:
        """Return how the record names it."""
        return f"meeting-{self.id}"

    @property
    def invited_roles(self) -> list[Role]:
        """Return the offices that are invited."""
        return [Role(name) for name in self.roles.split(",") if name]


class AgendaItem(Model):
    """One thing to be talked about. ``late_for`` says why it was added or changed after the notice went out."""

    id = fields.IntField(primary_key=True)
    meeting = fields.ForeignKeyField(Meeting, "items", on_delete=fields.RESTRICT)
    place = fields.SmallIntField()
    title = fields.CharField(max_length=80)
    minutes = fields.SmallIntField()
    presenter = fields.CharField(max_length=40, default="")
    matter = fields.ForeignKeyField(Matter, "agenda_items", null=True, on_delete=fields.RESTRICT)
    late_for = fields.CharField(max_length=200, default="")
    dropped_for = fields.CharField(max_length=200, default="")

    meeting_id: int
    matter_id: int | None

    class Meta:
        table = "agenda_item"
        indexes = (("meeting_id", "place"), ("matter_id",))


class MeetingSeat(Model):
    """One place that is expected to be taken. ``code`` opens its own page, ``short`` is typed at the door."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    meeting = fields.ForeignKeyField(Meeting, "seats", on_delete=fields.RESTRICT)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    short = fields.CharField(max_length=8)
    kind = fields.CharEnumField(SeatKind, max_length=8)
    votes = fields.BooleanField(default=False)
    head_id = fields.IntField(null=True)
    area = fields.BigIntField(default=0)
    person = fields.ForeignKeyField(Person, "meeting_seats", null=True, on_delete=fields.RESTRICT)
    email = fields.CharField(max_length=254, default="")
    name = fields.CharField(max_length=64)
    label = fields.CharField(max_length=96, default="")
    reply: Reply | None = fields.CharEnumField(Reply, max_length=12, null=True)  # type: ignore[assignment]
    replied_at = fields.DatetimeField(null=True)
    agent = fields.CharField(max_length=64, default="")
    here = fields.BooleanField(default=False)
    came_at = fields.DatetimeField(null=True)

    meeting_id: int
    person_id: int | None

    class Meta:
        table = "meeting_seat"
        unique_together = (("meeting", "short"), ("meeting", "head_id"), ("meeting", "person"))


class Attendance(Model):
    """Somebody came in or went out: when, how it was seen, and who wrote it down. Never changed."""

    id = fields.IntField(primary_key=True)
    meeting = fields.ForeignKeyField(Meeting, "attendance", on_delete=fields.RESTRICT)
    seat = fields.ForeignKeyField(MeetingSeat, "attendance", on_delete=fields.RESTRICT)
    came = fields.BooleanField()
    how = fields.CharEnumField(How, max_length=8)
    agent = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()
    by = fields.ForeignKeyField(Person, "attendance_recorded", on_delete=fields.RESTRICT)

    seat_id: int

    class Meta:
        table = "attendance"
        indexes = (("meeting_id", "id"),)


class SpeakSlot(Model):
    """Somebody wants to speak, speaks, or has spoken. Each seat stands in the queue once, and one speaks at a time."""

    id = fields.IntField(primary_key=True)
    meeting = fields.ForeignKeyField(Meeting, "slots", on_delete=fields.RESTRICT)
    seat = fields.ForeignKeyField(MeetingSeat, "slots", on_delete=fields.RESTRICT)
    item = fields.ForeignKeyField(AgendaItem, "slots", null=True, on_delete=fields.RESTRICT)
    place = fields.IntField()
    turn = fields.CharEnumField(Turn, max_length=8, default=Turn.WAITING)
    asked_at = fields.DatetimeField()
    began_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    meeting_id: int
    seat_id: int
    item_id: int | None

    class Meta:
        table = "speak_slot"
        indexes = (("meeting_id", "turn", "place"),)


class MeetingPoll(Model):
    """A question put to those present. Figures are heads, areas units of 0.01 m², fixed when it closes."""

    id = fields.IntField(primary_key=True)
    meeting = fields.ForeignKeyField(Meeting, "polls", on_delete=fields.RESTRICT)
    item = fields.ForeignKeyField(AgendaItem, "polls", on_delete=fields.RESTRICT)
    question = fields.CharField(max_length=120)
    way = fields.CharEnumField(Way, max_length=8)
    effect = fields.CharEnumField(Effect, max_length=12, default=Effect.ADVISORY)
    weight = fields.CharEnumField(Weight, max_length=8, default=Weight.GENERAL)
    rule_json = fields.TextField(default="")
    opened_at = fields.DatetimeField()
    opened_by = fields.ForeignKeyField(Person, "polls_opened", on_delete=fields.RESTRICT)
    closed_at = fields.DatetimeField(null=True)
    closed_by = fields.ForeignKeyField(Person, "polls_closed", null=True, on_delete=fields.RESTRICT)
    expected = fields.IntField(default=0)
    present = fields.IntField(default=0)
    yes = fields.IntField(default=0)
    no = fields.IntField(default=0)
    abstain = fields.IntField(default=0)
    outcome: Outcome | None = fields.CharEnumField(Outcome, max_length=12, null=True)  # type: ignore[assignment]
    lines = fields.TextField(default="[]")

    meeting_id: int
    item_id: int

    class Meta:
        table = "meeting_poll"
        indexes = (("meeting_id", "id"),)


class PollVote(Model):
    """What one seat pressed. ``by`` is who pressed for somebody without a telephone, else nobody."""

    id = fields.IntField(primary_key=True)
    poll = fields.ForeignKeyField(MeetingPoll, "votes", on_delete=fields.RESTRICT)
    seat = fields.ForeignKeyField(MeetingSeat, "presses", on_delete=fields.RESTRICT)
    choice = fields.CharEnumField(Choice, max_length=8)
    at = fields.DatetimeField()
    by = fields.ForeignKeyField(Person, "poll_votes_recorded", null=True, on_delete=fields.RESTRICT)

    seat_id: int

    class Meta:
        table = "poll_vote"
        unique_together = (("poll", "seat"),)


class Minutes(Model):
    """One wording of the minutes. Never changed: whoever mends it writes the next version.

    ``named`` are the names on the roll that stand in it, one a line; the public reads them cut.
    """

    id = fields.IntField(primary_key=True)
    meeting = fields.ForeignKeyField(Meeting, "minutes", on_delete=fields.RESTRICT)
    number = fields.SmallIntField()
    text = fields.TextField()
    named = fields.TextField(default="")
    hash = fields.CharField(max_length=64)
    written_by = fields.ForeignKeyField(Person, "minutes_written", on_delete=fields.RESTRICT)
    written_at = fields.DatetimeField()

    meeting_id: int

    class Meta:
        table = "meeting_minutes"
        unique_together = (("meeting", "number"),)


class MinutesSignature(Model):
    """Somebody signed one wording, after proving who they are. It says nothing about any other wording."""

    id = fields.IntField(primary_key=True)
    minutes = fields.ForeignKeyField(Minutes, "signatures", on_delete=fields.RESTRICT)
    signer = fields.ForeignKeyField(Person, "minutes_signed", on_delete=fields.RESTRICT)
    hand = fields.CharEnumField(Hand, max_length=8)
    name = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)
    method = fields.CharEnumField(Method, max_length=8)
    level = fields.CharEnumField(Level, max_length=2)
    at = fields.DatetimeField()

    minutes_id: int
    signer_id: int

    class Meta:
        table = "minutes_signature"
        unique_together = (("minutes", "signer"),)
