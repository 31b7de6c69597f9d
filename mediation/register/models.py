"""The sheet of each mediator, and the hours of training."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.register.rules import Post


class MediatorEntry(Model):
    """One mediator of an organisation. ``kinds`` and ``tongues`` are codes with a space between."""

    id = fields.IntField(primary_key=True)
    org = fields.ForeignKeyField(Org, "mediator_entries", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "mediator_entries", on_delete=fields.RESTRICT)
    post = fields.CharEnumField(Post, max_length=8)
    since = fields.DateField()
    until = fields.DateField()
    kinds = fields.CharField(max_length=128, default="")
    tongues = fields.CharField(max_length=128, default="")

    org_id: int
    person_id: int

    class Meta:
        table = "mediator_entry"
        unique_together = (("org", "person"),)
        indexes = (("person_id",),)


class MediatorTraining(Model):
    """The hours of training of one year."""

    id = fields.IntField(primary_key=True)
    entry = fields.ForeignKeyField(MediatorEntry, "training", on_delete=fields.RESTRICT)
    year = fields.IntField()
    hours = fields.IntField()

    entry_id: int

    class Meta:
        table = "mediator_training"
        unique_together = (("entry", "year"),)


class DeskFilter(Model):
    """A filter of one's desk under a name of one's own. At most one opens by itself."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    person = fields.ForeignKeyField(Person, "desk_filters", on_delete=fields.RESTRICT)
    name = fields.CharField(max_length=24)
    kind = fields.CharField(max_length=2, default="")
    state = fields.CharField(max_length=12, default="")
    show = fields.CharField(max_length=8, default="")
    opens = fields.BooleanField(default=False)

    person_id: int

    class Meta:
        table = "desk_filter"
        unique_together = (("person", "name"),)
