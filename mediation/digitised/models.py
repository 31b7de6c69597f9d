"""Digitised copies of paper dossiers and the files they consist of."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.archive.rules import Retention
from mediation.digitised.rules import CopyStage


class PaperDossier(Model):
    """A dossier that was made on paper, as it was scanned: its old number, its term, who scanned, who compared.

    ``parties`` and ``words`` are locked with a data key of its own. ``n``, ``manifest`` and ``link`` come with the
    comparison: from then on it is chained. ``source`` is the hash of the package that it came in, if it came in one.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    community_id = fields.IntField(null=True)
    org = fields.ForeignKeyField(Org, "paper_dossiers", on_delete=fields.RESTRICT)
    number = fields.CharField(max_length=64)
    year = fields.SmallIntField()
    kind = fields.CharField(max_length=2)
    parties = fields.TextField()
    began_on = fields.DateField()
    closed_on = fields.DateField()
    retention = fields.CharEnumField(Retention, max_length=8)
    kept_until = fields.DateField(null=True)
    lies = fields.CharField(max_length=60, default="")
    how = fields.CharField(max_length=60, default="")
    source = fields.CharField(max_length=64, default="")
    pages = fields.IntField()
    stage = fields.CharEnumField(CopyStage, max_length=10, default=CopyStage.SCANNED)
    scanned_by = fields.ForeignKeyField(Person, "scanned_dossiers", on_delete=fields.RESTRICT)
    scanned_at = fields.DatetimeField()
    compared_by = fields.ForeignKeyField(Person, "compared_dossiers", null=True, on_delete=fields.RESTRICT)
    compared_at = fields.DatetimeField(null=True)
    words = fields.TextField(default="")
    n = fields.IntField(null=True)
    manifest = fields.CharField(max_length=64, default="")
    before = fields.CharField(max_length=64, default="")
    link = fields.CharField(max_length=64, unique=True, null=True)
    asked_by = fields.ForeignKeyField(Person, "dossiers_to_destroy", null=True, on_delete=fields.RESTRICT)
    ended_by = fields.ForeignKeyField(Person, "dossiers_ended", null=True, on_delete=fields.RESTRICT)
    ended_at = fields.DatetimeField(null=True)

    org_id: int
    scanned_by_id: int
    compared_by_id: int | None
    asked_by_id: int | None
    ended_by_id: int | None

    class Meta:
        table = "paper_dossier"
        unique_together = (("org", "n"),)
        indexes = (("org_id", "id"), ("org_id", "number"))


class PaperScan(Model):
    """One file of a copy, untouched as it came from the scanner. Its name is locked."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    dossier = fields.ForeignKeyField(PaperDossier, "scans", on_delete=fields.RESTRICT)
    row = fields.SmallIntField()
    name = fields.TextField()
    media_type = fields.CharField(max_length=40)
    pages = fields.IntField()
    begins = fields.IntField()
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    key = fields.CharField(max_length=48, default="")

    dossier_id: int

    class Meta:
        table = "paper_scan"
        unique_together = (("dossier", "row"),)


class PaperName(Model):
    """A keyed hash of a party of a copy, by which it is found without opening any."""

    id = fields.IntField(primary_key=True)
    dossier = fields.ForeignKeyField(PaperDossier, "marks", on_delete=fields.RESTRICT)
    mark = fields.CharField(max_length=64)

    dossier_id: int

    class Meta:
        table = "paper_name"
        indexes = (("mark", "dossier_id"),)
