"""Dossiers on the shelf and the papers they list. Never changed."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.archive.rules import ExportStage, Leaf, Retention
from mediation.case.models import Case


class CaseDossier(Model):
    """A finished case as it was bound: its number, how long it is kept, and its link to the dossier before it.

    ``manifest`` is the hash of the listed papers, ``link`` that of the chain. ``alone_until`` and ``together_until``
    are the days after which one-sided and common talk is destroyed. ``words`` are locked.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    case = fields.OneToOneField(Case, "dossier", on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "dossiers", on_delete=fields.RESTRICT)
    number = fields.CharField(max_length=64, unique=True)
    retention = fields.CharEnumField(Retention, max_length=8)
    kept_until = fields.DateField(null=True)
    words = fields.TextField(default="")
    before = fields.CharField(max_length=64, default="")
    manifest = fields.CharField(max_length=64)
    link = fields.CharField(max_length=64, unique=True)
    alone_until = fields.DateField()
    together_until = fields.DateField()
    by = fields.ForeignKeyField(Person, "bound_dossiers", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int
    org_id: int
    by_id: int

    class Meta:
        table = "case_dossier"
        indexes = (("community_id", "id"), ("org_id", "id"))


class DossierLeaf(Model):
    """One paper in the list of a dossier."""

    id = fields.IntField(primary_key=True)
    dossier = fields.ForeignKeyField(CaseDossier, "leaves", on_delete=fields.RESTRICT)
    row = fields.SmallIntField()
    leaf = fields.CharEnumField(Leaf, max_length=12)
    n = fields.SmallIntField()
    sha256 = fields.CharField(max_length=64)

    dossier_id: int

    class Meta:
        table = "case_dossier_leaf"
        unique_together = (("dossier", "row"),)


class DossierExport(Model):
    """A long dossier that is being made into one file out of the way of the pages, kept locked for a day.

    ``lease_until`` is how long whoever took it is about it, after which another goes on. ``why`` says what stopped it.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    dossier = fields.ForeignKeyField(CaseDossier, "exports", on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "dossier_exports", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    stage = fields.CharEnumField(ExportStage, max_length=8, default=ExportStage.WAITING)
    tries = fields.SmallIntField(default=0)
    lease_until = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    key = fields.CharField(max_length=32, default="")
    size = fields.IntField(default=0)
    manifest = fields.CharField(max_length=64, default="")
    why = fields.CharField(max_length=200, default="")

    dossier_id: int
    by_id: int

    class Meta:
        table = "dossier_export"
        indexes = (("stage", "lease_until"), ("dossier_id", "id"))
