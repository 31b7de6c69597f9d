"""Evidence as stored. What it is called, says and shows is locked with the key of its case; rows are never deleted."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.access import Seat
from mediation.case.models import Case, Party
from mediation.evidence.rules import Answer, Appraised, How, ProofForm, ProofKind, Sharing
from mediation.parties.models import Attendant


class Evidence(Model):
    """One piece of evidence, numbered within its case. Without a party whoever mediates brought it, or an expert did.

    ``medical``: it tells of somebody's health, so showing it needs a word of its own.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "evidence", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    party = fields.ForeignKeyField(Party, "evidence", null=True, on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "brought_evidence", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    kind = fields.CharEnumField(ProofKind, max_length=10)
    form = fields.CharEnumField(ProofForm, max_length=10)
    medical = fields.BooleanField(default=False)
    title = fields.TextField()
    source = fields.TextField(default="")
    proves = fields.TextField(default="")
    taken_on = fields.DateField(null=True)
    sharing = fields.CharEnumField(Sharing, max_length=9, default=Sharing.PRIVATE)
    shared_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)
    why = fields.TextField(default="")

    case_id: int
    party_id: int | None
    by_id: int

    class Meta:
        table = "evidence"
        unique_together = (("case", "n"),)


class EvidenceFile(Model):
    """One file of a piece of evidence: the original as it came, locked, and of a picture the copy that is shown.

    ``sha256`` is that of the original in the clear, ``key`` and ``copy_key`` say where the locked bytes lie.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True)
    item = fields.ForeignKeyField(Evidence, "files", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    name = fields.TextField()
    media_type = fields.CharField(max_length=80)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    key = fields.CharField(max_length=48, unique=True)
    copy_key = fields.CharField(max_length=48, default="")
    copy_size = fields.IntField(default=0)
    by = fields.ForeignKeyField(Person, "evidence_files", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    item_id: int
    by_id: int

    class Meta:
        table = "evidence_file"
        unique_together = (("item", "n"),)
        indexes = (("by_id", "at"),)

    @property
    def image(self) -> bool:
        """Return whether a copy drawn anew is shown in place of it."""
        return bool(self.copy_key)


class EvidenceView(Model):
    """Somebody of another side, or an officer, looked at a piece of evidence on one day, from when to when."""

    id = fields.IntField(primary_key=True)
    item = fields.ForeignKeyField(Evidence, "views", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "evidence_views", on_delete=fields.RESTRICT)
    seat = fields.CharEnumField(Seat, max_length=16)
    how = fields.CharEnumField(How, max_length=8)
    day = fields.DateField()
    first_at = fields.DatetimeField()
    last_at = fields.DatetimeField()

    item_id: int
    person_id: int

    class Meta:
        table = "evidence_view"
        unique_together = (("item", "person", "how", "day"),)


class OriginalWish(Model):
    """Somebody asked to see the original, and whoever brought it says where and when, or that they will not."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    item = fields.ForeignKeyField(Evidence, "wishes", on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "original_wishes", on_delete=fields.RESTRICT)
    seat = fields.CharEnumField(Seat, max_length=16)
    at = fields.DatetimeField()
    answer = fields.CharEnumField(Answer, max_length=8, default=Answer.ASKED)
    words = fields.TextField(default="")
    meet_at = fields.DatetimeField(null=True)
    answered_by = fields.ForeignKeyField(Person, "original_answers", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)

    item_id: int
    by_id: int

    class Meta:
        table = "evidence_wish"
        indexes = (("item_id", "id"),)


class Appraisal(Model):
    """An appraisal that whoever mediates proposed, to which every party said yes, and whose opinion is evidence."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "appraisals", on_delete=fields.RESTRICT)
    matter = fields.TextField()
    expert = fields.TextField()
    payer = fields.TextField()
    state = fields.CharEnumField(Appraised, max_length=8, default=Appraised.ASKED)
    by = fields.ForeignKeyField(Person, "appraisals", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    seat = fields.ForeignKeyField(Attendant, "appraisals", null=True, on_delete=fields.RESTRICT)
    commissioned_at = fields.DatetimeField(null=True)
    opinion = fields.OneToOneField(Evidence, "appraisal", null=True, on_delete=fields.RESTRICT)

    case_id: int
    seat_id: int | None
    opinion_id: int | None

    class Meta:
        table = "appraisal"
        indexes = (("case_id", "id"),)


class AppraisalAnswer(Model):
    """Whether a party agrees to an appraisal."""

    id = fields.IntField(primary_key=True)
    appraisal = fields.ForeignKeyField(Appraisal, "answers", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "appraisal_answers", on_delete=fields.RESTRICT)
    agreed = fields.BooleanField(null=True)
    by = fields.ForeignKeyField(Person, "appraisal_answers", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField(null=True)

    appraisal_id: int
    party_id: int

    class Meta:
        table = "appraisal_answer"
        unique_together = (("appraisal", "party"),)
