"""Lists of dossiers to be destroyed. They stay; what they name is gone."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.archive.models import CaseDossier
from mediation.disposal.rules import DisposalStage


class DisposalList(Model):
    """Dossiers that an archivist appraised, to be destroyed once another agrees.

    The number comes with the agreement. ``words`` is what the appraisal found, ``why`` why it was refused; both speak
    of dossiers, not of people.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField(null=True)
    org = fields.ForeignKeyField(Org, "disposal_lists", on_delete=fields.RESTRICT)
    number = fields.CharField(max_length=64, null=True, unique=True)
    stage = fields.CharEnumField(DisposalStage, max_length=9, default=DisposalStage.PROPOSED)
    words = fields.TextField()
    why = fields.TextField(default="")
    asked_by = fields.ForeignKeyField(Person, "disposals_asked", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    decided_by = fields.ForeignKeyField(Person, "disposals_decided", null=True, on_delete=fields.RESTRICT)
    decided_at = fields.DatetimeField(null=True)

    org_id: int
    asked_by_id: int
    decided_by_id: int | None

    class Meta:
        table = "disposal_list"
        indexes = (("org_id", "id"),)

    @property
    def key(self) -> str:
        """Name of this list in the record."""
        return f"disposal-{self.id}"


class DisposalRow(Model):
    """One dossier of a list, and how many lines of talk went with it."""

    id = fields.IntField(primary_key=True)
    disposal = fields.ForeignKeyField(DisposalList, "rows", on_delete=fields.RESTRICT)
    row = fields.SmallIntField()
    dossier = fields.ForeignKeyField(CaseDossier, "disposals", on_delete=fields.RESTRICT)
    lines = fields.IntField(null=True)

    dossier_id: int

    class Meta:
        table = "disposal_row"
        unique_together = (("disposal", "row"),)
        indexes = (("dossier_id",),)
