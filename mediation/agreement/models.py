"""Agreements, their versions, who signed and sealed them, and what they oblige people to."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from community.people.rules import Level, Method
from mediation.agreement.rules import Capacity, ClauseKind, Duty, PaperMark
from mediation.case.models import Case, Party
from mediation.parties.models import GroupMember
from mediation.parties.rules import MemberVote


class Agreement(Model):
    """What the parties of a case agree on. It gets its number when it first goes out to be signed."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "agreements", on_delete=fields.RESTRICT)
    seq = fields.SmallIntField()
    number = fields.CharField(max_length=72, unique=True, null=True)
    rule = fields.CharField(max_length=16, default="people_written")
    effective_at = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "agreement"
        unique_together = (("case", "seq"),)
        indexes = (("community_id", "effective_at"),)


class AgreementVersion(Model):
    """One wording. ``body`` is locked canonical JSON, a draft until ``frozen_at``, never changed after it.

    A ``supplement`` (1, 2, …) changes an agreement in effect, from ``in_effect_at`` on; what it changes is kept.
    ``looked_at``: it asked for a second look when it went out (`sham`), and what was looked at is in the file.
    ``on_paper``: the law knows no electronic signature for it, so everybody signs the printed sheet (电子签名法 3).
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    agreement = fields.ForeignKeyField(Agreement, "versions", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    supplement = fields.SmallIntField(default=0)
    in_effect_at = fields.DatetimeField(null=True)
    body = fields.TextField()
    sha256 = fields.CharField(max_length=64, null=True)
    made_at = fields.DatetimeField()
    frozen_at = fields.DatetimeField(null=True)
    voided_at = fields.DatetimeField(null=True)
    looked_at = fields.BooleanField(default=False)
    on_paper = fields.BooleanField(default=False)

    agreement_id: int

    class Meta:
        table = "agreement_version"
        unique_together = (("agreement", "n"),)


class Signature(Model):
    """Somebody signed a wording. It stands from ``completes_at`` on, unless taken back before.

    ``drawn`` is the picture of what was written with finger or mouse, locked, and ``stroke_sha256`` its hash.
    On paper (``mark``) a party signs by hand: ``signer`` is then nobody's account, and ``witness`` (locked) saw it.
    """

    id = fields.IntField(primary_key=True)
    version = fields.ForeignKeyField(AgreementVersion, "signatures", on_delete=fields.RESTRICT)
    signer = fields.ForeignKeyField(Person, "signatures", null=True, on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "signatures", null=True, on_delete=fields.RESTRICT)
    capacity = fields.CharEnumField(Capacity, max_length=8)
    level = fields.CharEnumField(Level, max_length=2)
    method = fields.CharEnumField(Method, max_length=8, null=True)
    mark = fields.CharEnumField(PaperMark, max_length=8, null=True)
    witness = fields.TextField(default="")
    name = fields.TextField()
    drawn = fields.TextField(default="")
    stroke_sha256 = fields.CharField(max_length=64, default="")
    doc_sha256 = fields.CharField(max_length=64)
    signed_at = fields.DatetimeField()
    completes_at = fields.DatetimeField()
    taken_back_at = fields.DatetimeField(null=True)

    version_id: int
    signer_id: int | None
    party_id: int | None

    class Meta:
        table = "agreement_signature"
        unique_together = (("version", "signer", "party"),)


class Ratification(Model):
    """What one member of a group says of one wording. A later wording is asked about anew."""

    id = fields.IntField(primary_key=True)
    version = fields.ForeignKeyField(AgreementVersion, "ratifications", on_delete=fields.RESTRICT)
    member = fields.ForeignKeyField(GroupMember, "ratifications", on_delete=fields.RESTRICT)
    vote = fields.CharEnumField(MemberVote, max_length=8)
    at = fields.DatetimeField()
    by = fields.ForeignKeyField(Person, "ratifications", on_delete=fields.RESTRICT)

    version_id: int
    member_id: int

    class Meta:
        table = "ratification"
        unique_together = (("version", "member"),)


class SealUse(Model):
    """The custodian set the organisation's seal to a wording."""

    id = fields.IntField(primary_key=True)
    version = fields.OneToOneField(AgreementVersion, "seal_use", on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "seal_uses", on_delete=fields.RESTRICT)
    custodian = fields.ForeignKeyField(Person, "seal_uses", on_delete=fields.RESTRICT)
    method = fields.CharEnumField(Method, max_length=8)
    doc_sha256 = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    version_id: int
    org_id: int
    custodian_id: int

    class Meta:
        table = "seal_use"


class Clause(Model):
    """One promise of an agreement in effect, read off the wording that was signed. Its text is locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    version = fields.ForeignKeyField(AgreementVersion, "clauses", on_delete=fields.RESTRICT)
    row = fields.SmallIntField()
    kind = fields.CharEnumField(ClauseKind, max_length=10)
    obligor = fields.ForeignKeyField(Party, "owes", on_delete=fields.RESTRICT)
    obligee = fields.ForeignKeyField(Party, "is_owed", on_delete=fields.RESTRICT)
    amount_fen = fields.BigIntField(null=True)
    due_on = fields.DateField(null=True)
    text = fields.TextField()

    version_id: int
    obligor_id: int
    obligee_id: int

    class Meta:
        table = "clause"
        unique_together = (("version", "row"),)


class Obligation(Model):
    """Whether a promise, or one month of it, was kept: confirmed by whom it was made to, or by who saw proof."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    clause = fields.ForeignKeyField(Clause, "obligations", on_delete=fields.RESTRICT)
    part = fields.SmallIntField(default=1)
    case = fields.ForeignKeyField(Case, "obligations", on_delete=fields.RESTRICT)
    state = fields.CharEnumField(Duty, max_length=8, default=Duty.PENDING)
    paid_fen = fields.BigIntField(default=0)
    due_on = fields.DateField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    confirmed_by = fields.ForeignKeyField(Person, "confirmations", null=True, on_delete=fields.RESTRICT)
    proof = fields.TextField(default="")

    clause_id: int
    case_id: int
    confirmed_by_id: int | None

    class Meta:
        table = "obligation"
        unique_together = (("clause", "part"),)
        indexes = (("state", "due_on"), ("case_id",))
