"""Dossiers on the shelf and the papers they list. Never changed."""

from tortoise import fields
from tortoise.models import Model

from community.orgs.models import Org
from community.people.models import Person
from mediation.archive.rules import Leaf, Retention
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
