"""Slips, sheets and their readings, kiosks, and what was done at doors, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import RollHead
from deliberation.polling.rules import Consent, Fault, HelpState, Met, SheetDeed, SheetState
from deliberation.question.marks import Marks
from deliberation.question.spoken import told


class VoteSlip(Model):
    """The code printed for one head in one ballot, kept as a keyed hash. A head has one that has not ended."""

    id = fields.BigIntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "slips", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "slips", on_delete=fields.RESTRICT)
    code_hash = fields.CharField(max_length=64, unique=True)
    made_by_id = fields.IntField()
    made_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    ended_why = fields.CharField(max_length=300, default="")

    ballot_id: int
    head_id: int

    class Meta:
        table = "vote_slip"
        indexes = (("ballot_id", "head_id"),)


class SheetCount(Model):
    """One line of the register of sheets: so many were printed, spoilt or handed back blank. Never changed."""

    id = fields.IntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "sheet_counts", on_delete=fields.RESTRICT)
    building = fields.CharField(max_length=64, default="")
    deed = fields.CharEnumField(SheetDeed, max_length=8)
    number = fields.IntField()
    why = fields.CharField(max_length=300, default="")
    by = fields.ForeignKeyField(Person, "sheets_counted", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    class Meta:
        table = "ballot_sheet_count"
        indexes = (("ballot_id", "id"),)


class ReturnedSheet(Model):
    """A sheet that came back. It is read by two people, and by a third who gives a reason where they differ.

    ``code_hash`` is what was printed on it, whether or not such a slip exists. ``token`` tells a form sent twice.
    """

    id = fields.BigIntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "sheets", on_delete=fields.RESTRICT)
    slip: fields.ForeignKeyNullableRelation[VoteSlip] = fields.ForeignKeyField(
        "heyi.VoteSlip", "sheets", on_delete=fields.RESTRICT, null=True
    )
    number = fields.IntField()
    code_hash = fields.CharField(max_length=64)
    received_at = fields.DatetimeField()
    state = fields.CharEnumField(SheetState, max_length=12, default=SheetState.READ)
    fault: Fault | None = fields.CharEnumField(Fault, max_length=12, null=True)  # type: ignore[assignment]
    settled_by_id = fields.IntField(null=True)
    settled_why = fields.CharField(max_length=300, default="")
    settled_at = fields.DatetimeField(null=True)
    receipt = fields.CharField(max_length=16, default="")

    ballot_id: int
    slip_id: int | None

    class Meta:
        table = "ballot_sheet"
        unique_together = (("ballot", "number"),)
        indexes = (("ballot_id", "state"), ("ballot_id", "code_hash"))

    @property
    def key(self) -> str:
        """Return what the record and its picture call it."""
        return f"ballot_sheet-{self.id}"


class SheetReading(Model):
    """What one person read on a sheet, without a ``choice`` when it cannot be read. ``voice`` is who signed.

    ``marks`` is what stands beside the options, void or not, where the ballot asks for more than yes or no.
    """

    id = fields.BigIntField(primary_key=True)
    sheet = fields.ForeignKeyField(ReturnedSheet, "readings", on_delete=fields.RESTRICT)
    turn = fields.SmallIntField()
    choice: Choice | None = fields.CharEnumField(Choice, max_length=8, null=True)  # type: ignore[assignment]
    marks = fields.TextField(default="")
    voice = fields.CharField(max_length=1000, default="")
    by = fields.ForeignKeyField(Person, "sheets_read", on_delete=fields.RESTRICT)
    token = fields.CharField(max_length=36)
    at = fields.DatetimeField()

    sheet_id: int
    by_id: int

    @property
    def said(self) -> Choice | Marks | None:
        """Return what stands on the sheet, None when it cannot be read."""
        return None if self.choice is None else told(self.choice, self.marks)

    class Meta:
        table = "sheet_reading"
        unique_together = (("sheet", "turn"), ("by", "token"))


class Kiosk(Model):
    """A shared device on which people vote in one ballot. It knows the voter who stands before it, and forgets them."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    ballot = fields.ForeignKeyField(Ballot, "kiosks", on_delete=fields.RESTRICT)
    token_hash = fields.CharField(max_length=64, unique=True)
    opened_by = fields.ForeignKeyField(Person, "kiosks", on_delete=fields.RESTRICT)
    opened_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    head_id = fields.IntField(null=True)
    voice_id = fields.IntField(null=True)
    checked_by_id = fields.IntField(null=True)
    seen_at = fields.DatetimeField()
    voters = fields.IntField(default=0)
    receipt = fields.CharField(max_length=16, default="")

    ballot_id: int

    class Meta:
        table = "kiosk"
        indexes = (("ballot_id", "ended_at"),)


class DoorVote(Model):
    """A vote taken down at a door by a helper, cast once somebody else confirmed it. ``token`` tells a resend."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    ballot = fields.ForeignKeyField(Ballot, "door_votes", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "door_votes", on_delete=fields.RESTRICT)
    voice_id = fields.IntField(null=True)
    choice = fields.CharEnumField(Choice, max_length=8)
    marks = fields.TextField(default="")
    consent = fields.CharEnumField(Consent, max_length=8)
    helper = fields.ForeignKeyField(Person, "door_votes", on_delete=fields.RESTRICT)
    witness_id = fields.IntField(null=True)
    state = fields.CharEnumField(HelpState, max_length=8, default=HelpState.WAITING)
    token = fields.CharField(max_length=36)
    at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    why = fields.CharField(max_length=300, default="")
    receipt = fields.CharField(max_length=16, default="")

    ballot_id: int
    head_id: int
    helper_id: int

    @property
    def said(self) -> Choice | Marks:
        """Return what the voter said."""
        return told(self.choice, self.marks)

    class Meta:
        table = "door_vote"
        unique_together = (("helper", "token"),)
        indexes = (("ballot_id", "state"),)

    @property
    def key(self) -> str:
        """Return what the record and its picture call it."""
        return f"door_vote-{self.id}"


class DoorNote(Model):
    """What was found at a door, never how anybody voted or means to."""

    id = fields.BigIntField(primary_key=True)
    ballot = fields.ForeignKeyField(Ballot, "door_notes", on_delete=fields.RESTRICT)
    head = fields.ForeignKeyField(RollHead, "door_notes", on_delete=fields.RESTRICT)
    met = fields.CharEnumField(Met, max_length=12)
    by = fields.ForeignKeyField(Person, "door_notes", on_delete=fields.RESTRICT)
    token = fields.CharField(max_length=36)
    at = fields.DatetimeField()

    ballot_id: int
    head_id: int

    class Meta:
        table = "door_note"
        unique_together = (("by", "token"),)
        indexes = (("ballot_id", "head_id"),)
