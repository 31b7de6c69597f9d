"""A dispute, its proceedings, parties and periods as stored. What is confidential is locked."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.capacity import Capacity
from mediation.case.channels import Channel
from mediation.case.code import new_code as new_query_code
from mediation.case.states import Outcome, State
from mediation.case.terms import PauseReason


class Track(StrEnum):
    """Which of the systems handles a proceeding."""

    PEOPLE = "people"  # 人民调解
    ADMIN = "admin"  # 行政调解
    COURT_PRE = "court_pre"  # 法院委派
    COURT_POST = "court_post"  # 法院委托
    INDUSTRY = "industry"  # 行业专业调解
    COMMERCIAL = "commercial"  # 商事调解


class Side(StrEnum):
    """On which side a party stands."""

    APPLICANT = "A"  # 申请人
    RESPONDENT = "R"  # 被申请人
    THIRD = "T"  # 第三人


class Will(StrEnum):
    """Whether a party wants mediation (人民调解法 17, 23)."""

    PENDING = "pending"  # 还没有征询
    INVITED = "invited"  # 已邀请
    OPENED = "opened"  # 已看到邀请
    CONSENTED = "consented"  # 同意
    REFUSED = "refused"  # 不同意
    REVOKED = "revoked"  # 中途退出


class Case(Model):
    """One dispute, known outside by its query code.

    ``afraid``: the applicant fears the other side; ``safe_contact`` (locked) says how to reach them then, and ``meets``
    that they wish to sit at one table all the same. The other side learns none of it.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=13, unique=True, default=new_query_code)
    community_id = fields.IntField()
    org = fields.ForeignKeyField(Org, "cases", on_delete=fields.RESTRICT)
    type_code = fields.CharField(max_length=4)
    track = fields.CharEnumField(Track, max_length=10, default=Track.PEOPLE)
    state = fields.CharEnumField(State, max_length=12, default=State.DRAFT)
    version = fields.IntField(default=0)
    outcome = fields.CharEnumField(Outcome, max_length=28, null=True)
    data_key = fields.TextField(default="")
    statement = fields.TextField()
    wish = fields.TextField()
    place = fields.TextField()
    channel = fields.CharEnumField(Channel, max_length=12, default=Channel.WEB)
    afraid = fields.BooleanField(default=False)
    screened = fields.BooleanField(default=False)
    safe_contact = fields.TextField(default="")
    meets = fields.BooleanField(default=False)
    filed_by = fields.ForeignKeyField(Person, "filed_cases", on_delete=fields.RESTRICT)
    helped = fields.BooleanField(default=False)
    on_paper = fields.BooleanField(default=False)
    filed_at = fields.DatetimeField()
    moved_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    linked_from: fields.ForeignKeyNullableRelation["Case"] = fields.ForeignKeyField(
        "heyi.Case", "led_to", null=True, on_delete=fields.RESTRICT
    )
    merged_into: fields.ForeignKeyNullableRelation["Case"] = fields.ForeignKeyField(
        "heyi.Case", "merged", null=True, on_delete=fields.RESTRICT
    )

    org_id: int
    filed_by_id: int
    linked_from_id: int | None
    merged_into_id: int | None

    class Meta:
        table = "dispute_case"
        indexes = (("community_id", "state", "id"), ("org_id", "state", "moved_at"), ("filed_by_id",))

    @property
    def key(self) -> str:
        """Name of this case in the record and in timers."""
        return f"case-{self.id}"


class Proceeding(Model):
    """One run of a case before one organisation on one track. It carries the number."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "proceedings", on_delete=fields.RESTRICT)
    seq = fields.SmallIntField()
    track = fields.CharEnumField(Track, max_length=10)
    org = fields.ForeignKeyField(Org, "proceedings", on_delete=fields.RESTRICT)
    number = fields.CharField(max_length=64, unique=True, null=True)
    court_number = fields.CharField(max_length=64, default="")  # of the letter by which a court sent it
    accepted_on = fields.DateField(null=True)
    returned_on = fields.DateField(null=True)  # when the court got it back
    ended_on = fields.DateField(null=True)

    case_id: int
    org_id: int

    class Meta:
        table = "proceeding"
        unique_together = (("case", "seq"),)


class Party(Model):
    """One side's person or body in a case. Whatever tells who it is is locked with the case's key."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    case = fields.ForeignKeyField(Case, "parties", on_delete=fields.RESTRICT)
    side = fields.CharEnumField(Side, max_length=1)
    ordinal = fields.SmallIntField(default=1)
    person = fields.ForeignKeyField(Person, "parties", null=True, on_delete=fields.RESTRICT)
    data_key = fields.TextField(default="")
    name = fields.TextField()
    phone = fields.TextField()
    email = fields.TextField()
    born = fields.TextField(default="")
    id_number = fields.TextField(default="")
    id_mark = fields.CharField(max_length=64, default="")
    address = fields.TextField(default="")
    entity = fields.BooleanField(default=False)
    incapable = fields.CharEnumField(Capacity, max_length=8, null=True)  # of age, but a court says they cannot act
    indispensable = fields.BooleanField(default=True)
    will = fields.CharEnumField(Will, max_length=10, default=Will.PENDING)
    mail_safe = fields.BooleanField(default=False)  # who is afraid may say that letters are safe all the same
    left_at = fields.DatetimeField(null=True)

    case_id: int
    person_id: int | None

    class Meta:
        table = "party"
        unique_together = (("case", "side", "ordinal"),)
        indexes = (("person_id",), ("id_mark",))

    @property
    def sign(self) -> str:
        """Return how the party is called where no name may stand: A1, R1."""
        return f"{self.side.value}{self.ordinal}"


class CaseNote(Model):
    """What somebody wrote down when a case took a step: where to go, why, what happened. The words are locked."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "notes", on_delete=fields.RESTRICT)
    event = fields.CharField(max_length=20)
    words = fields.TextField()
    by = fields.ForeignKeyField(Person, "case_notes", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int
    by_id: int

    class Meta:
        table = "case_note"
        indexes = (("case_id", "id"),)


class Invitation(Model):
    """One attempt to reach a party, and what came of it. The link's token is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    party = fields.ForeignKeyField(Party, "invitations", on_delete=fields.RESTRICT)
    token_hash = fields.CharField(max_length=64, unique=True)
    channel = fields.CharField(max_length=8)
    attempt = fields.SmallIntField()
    sent_at = fields.DatetimeField()
    opened_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    party_id: int

    class Meta:
        table = "invitation"
        indexes = (("party_id",),)


class Consent(Model):
    """What a party agreed to or not, in which words and how. The newest row counts and none is ever changed."""

    id = fields.IntField(primary_key=True)
    party = fields.ForeignKeyField(Party, "consents", on_delete=fields.RESTRICT)
    act = fields.CharField(max_length=20)
    given = fields.BooleanField()
    text_version = fields.CharField(max_length=16)
    method = fields.CharField(max_length=12)
    at = fields.DatetimeField()

    party_id: int

    class Meta:
        table = "consent"
        indexes = (("party_id", "act"),)


class Assignment(Model):
    """A mediator has the lead in a case, from ``since`` until ``until``."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "assignments", on_delete=fields.RESTRICT)
    mediator = fields.ForeignKeyField(Person, "assignments", on_delete=fields.RESTRICT)
    mode = fields.CharField(max_length=12)
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    ended_because = fields.CharField(max_length=24, default="")

    case_id: int
    mediator_id: int

    class Meta:
        table = "assignment"
        indexes = (("case_id",), ("mediator_id", "until"))


class Period(Model):
    """A legal or promised period that runs on a case, and when it is due as the ledger stands.

    ``stage`` counts the reminders behind it; ``waits_since`` is set while a pause holds it. It may have been put off.
    """

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "periods", on_delete=fields.RESTRICT)
    clock = fields.CharField(max_length=20)
    rule = fields.CharField(max_length=24)
    began_on = fields.DateField()
    raw_due = fields.DateField()
    due = fields.DateField()
    provisional = fields.BooleanField(default=False)
    stage = fields.SmallIntField(default=0)
    waits_since = fields.DateField(null=True)
    extended_on = fields.DateField(null=True)
    extended_to = fields.DateField(null=True)
    ended_at = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "period"
        indexes = (("case_id", "ended_at"), ("due", "ended_at"))

    @property
    def key(self) -> str:
        """Name of this period among the timers."""
        return f"period-{self.id}"


class Pause(Model):
    """A stretch in which a case waits, first and last day among it, and why. What was written of it is locked."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "pauses", on_delete=fields.RESTRICT)
    reason = fields.CharEnumField(PauseReason, max_length=16)
    words = fields.TextField(default="")
    solved = fields.TextField(default="")
    since = fields.DateField()
    until = fields.DateField(null=True)

    case_id: int

    class Meta:
        table = "case_pause"
        indexes = (("case_id", "until"),)


class DueChange(Model):
    """A period was given another last day, and the old one stays on file. Never changed."""

    id = fields.IntField(primary_key=True)
    period = fields.ForeignKeyField(Period, "changes", on_delete=fields.RESTRICT)
    was = fields.DateField()
    due = fields.DateField()
    because = fields.CharField(max_length=12)
    at = fields.DatetimeField()

    period_id: int

    class Meta:
        table = "due_change"
        indexes = (("period_id",),)
