"""Where a filing came from, who lent a hand, by what it is recognised again, and what it lacks."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.channels import Channel
from mediation.case.models import Case, Party
from mediation.intake.alike import Likeness
from mediation.intake.rules import Authorised


class ChannelRef(Model):
    """One arrival of a dispute by one way, with the number it has where it came from. Merging keeps every one."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "arrivals", on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "arrivals", on_delete=fields.RESTRICT)
    channel = fields.CharEnumField(Channel, max_length=12)
    number = fields.CharField(max_length=64)
    by = fields.ForeignKeyField(Person, "arrivals", on_delete=fields.RESTRICT)
    received_at = fields.DatetimeField()

    case_id: int
    org_id: int
    by_id: int

    class Meta:
        table = "channel_ref"
        unique_together = (("org", "channel", "number"),)
        indexes = (("case_id",),)


class Assistance(Model):
    """Somebody filed for a party: read back when, and how the party said yes to it. It ends with acceptance."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "assistances", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "assistances", on_delete=fields.RESTRICT)
    helper = fields.ForeignKeyField(Person, "case_assistances", on_delete=fields.RESTRICT)
    authorised = fields.CharEnumField(Authorised, max_length=12)
    read_back_at = fields.DatetimeField()

    case_id: int
    party_id: int
    helper_id: int

    class Meta:
        table = "case_assistance"
        indexes = (("case_id",), ("helper_id",))


class Fingerprint(Model):
    """A keyed hash by which filings of one matter, or of one person, are found without reading any."""

    id = fields.BigIntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "fingerprints", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(Likeness, max_length=8)
    mark = fields.CharField(max_length=64)

    case_id: int

    class Meta:
        table = "case_fingerprint"
        unique_together = (("case", "kind", "mark"),)
        indexes = (("mark", "case_id"),)


class MissingItem(Model):
    """One thing that an application lacks. What it is and what was brought are locked."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "missing_items", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    what = fields.TextField()
    given = fields.TextField(default="")
    asked_at = fields.DatetimeField()
    given_at = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "missing_item"
        unique_together = (("case", "n"),)


class PaperForm(Model):
    """An application that was written on paper while nothing worked, keyed in later, with the hash of its scan."""

    id = fields.IntField(primary_key=True)
    case = fields.OneToOneField(Case, "paper_form", on_delete=fields.RESTRICT)
    formed_at = fields.DatetimeField()
    keyed_at = fields.DatetimeField()
    scan = fields.CharField(max_length=16, default="")
    sha256 = fields.CharField(max_length=64, default="")

    case_id: int

    class Meta:
        table = "paper_form"


class Sweep(Model):
    """One time that people went round and asked for quarrels (排查): figures, and never whose.

    ``found``: quarrels that were found; ``settled``: those of them that were talked out on the spot and need no case.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    org = fields.ForeignKeyField(Org, "sweeps", on_delete=fields.RESTRICT)
    community_id = fields.IntField()
    on = fields.DateField()
    homes = fields.IntField()
    found = fields.IntField()
    settled = fields.IntField()
    by = fields.ForeignKeyField(Person, "sweeps", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    struck_at = fields.DatetimeField(null=True)

    org_id: int
    by_id: int

    class Meta:
        table = "sweep"
        indexes = (("org_id", "on"), ("community_id", "on"))
