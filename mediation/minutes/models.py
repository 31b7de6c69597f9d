"""Records of meetings, their entries, what each party said of each, and the names under them. Words are locked."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.agreement.rules import PaperMark
from mediation.case.models import Case, Party
from mediation.minutes.rules import HandKind, RecordStage
from mediation.room.models import Room
from mediation.room.rules import Voice


class TalkMinutes(Model):
    """One record of one meeting. Once sealed, ``body`` is its locked canonical text and never changes."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "talk_minutes", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    stage = fields.CharEnumField(RecordStage, max_length=8, default=RecordStage.OPEN)
    held_at = fields.DatetimeField()
    head = fields.TextField()
    rights_told = fields.BooleanField(default=False)
    opened_by = fields.ForeignKeyField(Person, "talk_minutes", on_delete=fields.RESTRICT)
    opened_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    body = fields.TextField(default="")
    sha256 = fields.CharField(max_length=64, default="")

    case_id: int
    opened_by_id: int

    class Meta:
        table = "talk_minutes"
        unique_together = (("case", "n"),)


class TalkEntry(Model):
    """One entry: a line of the joint talk, named by room and number, or a statement typed by whoever keeps the record.

    The line itself is destroyed with the talk one day; what it said stays in the sealed text.
    """

    id = fields.IntField(primary_key=True)
    minutes = fields.ForeignKeyField(TalkMinutes, "entries", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    room = fields.ForeignKeyField(Room, "talk_entries", null=True, on_delete=fields.RESTRICT)
    seq = fields.IntField(null=True)
    corrects = fields.SmallIntField(null=True)
    voice = fields.CharEnumField(Voice, max_length=1, null=True)
    speaker = fields.TextField(default="")
    words = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "talk_entries", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    minutes_id: int
    room_id: int | None
    by_id: int

    class Meta:
        table = "talk_entry"
        unique_together = (("minutes", "n"), ("minutes", "room", "seq"))


class TalkMark(Model):
    """A party confirmed an entry or objected to it. A later mark stands beside the earlier one and counts.

    On paper (``mark``) nobody's account gave it, and ``witness`` saw it.
    """

    id = fields.IntField(primary_key=True)
    entry = fields.ForeignKeyField(TalkEntry, "marks", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "talk_marks", on_delete=fields.RESTRICT)
    agreed = fields.BooleanField()
    words = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "talk_marks", null=True, on_delete=fields.RESTRICT)
    mark = fields.CharEnumField(PaperMark, max_length=8, null=True)
    witness = fields.TextField(default="")
    at = fields.DatetimeField()

    entry_id: int
    party_id: int
    by_id: int | None

    class Meta:
        table = "talk_mark"
        indexes = (("entry_id", "party_id"),)


class TalkHand(Model):
    """A name under a record, or the note that a party would not sign. The hash says under which words."""

    id = fields.IntField(primary_key=True)
    minutes = fields.ForeignKeyField(TalkMinutes, "hands", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(HandKind, max_length=12)
    party = fields.ForeignKeyField(Party, "talk_hands", null=True, on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "talk_hands", null=True, on_delete=fields.RESTRICT)
    words = fields.TextField(default="")
    witness = fields.TextField(default="")
    sha256 = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()

    minutes_id: int
    party_id: int | None
    person_id: int | None

    class Meta:
        table = "talk_hand"
        indexes = (("minutes_id", "kind"),)
