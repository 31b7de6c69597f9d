"""Claims that a promise was kept, and what a visit found."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.agreement.models import Obligation
from mediation.case.models import Party
from mediation.evidence.models import Evidence
from mediation.paying.rules import ClaimStage


class KeptClaim(Model):
    """Somebody says that they kept a promise, or paid a part of it.

    What both say is locked with the key of the case.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    obligation = fields.ForeignKeyField(Obligation, "claims", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "kept_claims", on_delete=fields.RESTRICT)
    receipt = fields.ForeignKeyField(Evidence, "claims", null=True, on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "kept_claims", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    fen = fields.BigIntField(null=True)
    done_on = fields.DateField()
    words = fields.TextField(default="")
    stage = fields.CharEnumField(ClaimStage, max_length=9, default=ClaimStage.OPEN)
    answer_by = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)
    answered_by = fields.ForeignKeyField(Person, "answered_claims", null=True, on_delete=fields.RESTRICT)
    answer = fields.TextField(default="")

    obligation_id: int
    party_id: int
    receipt_id: int | None
    by_id: int
    answered_by_id: int | None

    class Meta:
        table = "kept_claim"
        indexes = (("obligation_id", "id"),)


class ClaimVisit(Model):
    """What the mediator saw and heard when they looked into a claim. It settles nothing. Its words are locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    claim = fields.ForeignKeyField(KeptClaim, "visits", on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "claim_visits", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    words = fields.TextField()

    claim_id: int
    by_id: int

    class Meta:
        table = "claim_visit"
        indexes = (("claim_id", "id"),)
