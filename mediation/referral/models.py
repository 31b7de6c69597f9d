"""Handovers, and the papers that went along with each, as they were when it was sent."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.models import Case, Track
from mediation.case.states import State
from mediation.referral.rules import Basis, Passing


class Handover(Model):
    """A case is to go, or went, from one organisation to another. Why it goes and why it came back are locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "handovers", on_delete=fields.RESTRICT)
    from_org = fields.ForeignKeyField(Org, "handed_on", on_delete=fields.RESTRICT)
    to_org = fields.ForeignKeyField(Org, "handed_in", on_delete=fields.RESTRICT)
    from_track = fields.CharEnumField(Track, max_length=10)
    to_track = fields.CharEnumField(Track, max_length=10)
    basis = fields.CharEnumField(Basis, max_length=10)
    article = fields.CharField(max_length=120, default="")
    reason = fields.TextField()
    ordered = fields.BooleanField(default=False)
    state = fields.CharEnumField(Passing, max_length=8, default=Passing.PROPOSED)
    return_state = fields.CharEnumField(State, max_length=12, null=True)
    number = fields.CharField(max_length=64, unique=True, null=True)
    manifest = fields.CharField(max_length=64, default="")
    proposed_by = fields.ForeignKeyField(Person, "handovers_proposed", on_delete=fields.RESTRICT)
    proposed_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    answered_by = fields.ForeignKeyField(Person, "handovers_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)
    answer = fields.TextField(default="")
    answer_basis = fields.CharField(max_length=120, default="")
    ruled_at = fields.DatetimeField(null=True)

    case_id: int
    from_org_id: int
    to_org_id: int
    proposed_by_id: int
    answered_by_id: int | None

    class Meta:
        table = "handover"
        indexes = (("case_id", "state"), ("to_org_id", "state"), ("from_org_id", "state"), ("community_id", "state"))

    @property
    def consent_version(self) -> str:
        """Return what a party's consent to this very handover is filed under."""
        return f"handover-{self.id}"


class HandoverItem(Model):
    """One paper of a handover, locked, with the hash of what it says. Never changed."""

    id = fields.IntField(primary_key=True)
    handover = fields.ForeignKeyField(Handover, "items", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    part = fields.CharField(max_length=12)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    body = fields.TextField()

    handover_id: int

    class Meta:
        table = "handover_item"
        unique_together = (("handover", "n"),)
