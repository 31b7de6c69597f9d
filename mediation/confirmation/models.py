"""Applications for judicial confirmation, and the papers of each as they went to the court."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from mediation.agreement.models import AgreementVersion
from mediation.case.models import Case
from mediation.confirmation.grounds import Denial, Nexus
from mediation.confirmation.rules import Course


class CourtConfirmation(Model):
    """One application to one court about one wording. What the court wrote, and why, is locked in ``words``."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "confirmations", on_delete=fields.RESTRICT)
    version = fields.ForeignKeyField(AgreementVersion, "confirmations", on_delete=fields.RESTRICT)
    court = fields.ForeignKeyField(Org, "confirmations", on_delete=fields.RESTRICT)
    link = fields.CharEnumField(Nexus, max_length=8)
    stage = fields.CharEnumField(Course, max_length=12, default=Course.PREPARING)
    began_at = fields.DatetimeField()
    filed_at = fields.DatetimeField(null=True)
    manifest = fields.CharField(max_length=64, default="")
    court_number = fields.CharField(max_length=64, default="")
    admitted_on = fields.DateField(null=True)
    ruling = fields.CharField(max_length=64, default="")
    decided_on = fields.DateField(null=True)
    refusal = fields.CharEnumField(Denial, max_length=12, null=True)
    words = fields.TextField(default="")
    ended_at = fields.DatetimeField(null=True)

    case_id: int
    version_id: int
    court_id: int

    class Meta:
        table = "court_confirmation"
        indexes = (("case_id",), ("court_id", "stage"), ("community_id", "stage"))

    @property
    def consent_version(self) -> str:
        """Return what a party's application is filed under among the consents."""
        return f"confirm-{self.id}"


class ConfirmationPaper(Model):
    """One paper of an application, locked, with the hash of what it says. Never changed."""

    id = fields.IntField(primary_key=True)
    confirmation = fields.ForeignKeyField(CourtConfirmation, "papers", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    part = fields.CharField(max_length=12)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    body = fields.TextField()

    confirmation_id: int

    class Meta:
        table = "confirmation_paper"
        unique_together = (("confirmation", "n"),)
