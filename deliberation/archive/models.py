"""Archived files as stored; the bytes lie in the storage under their keys."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.matter.models import Matter


class Archive(Model):
    """The file of one matter, twice: without names, and whole. ``left_out`` keeps the reasons, as JSON by item.

    The file without names is made anew when moderation has put something away since ``built_at``; ``earlier_roots`` are
    the root hashes of those before, one a line.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    matter = fields.OneToOneField(Matter, "archive", on_delete=fields.RESTRICT)
    public_root = fields.CharField(max_length=64, unique=True)
    public_key = fields.CharField(max_length=48)
    public_size = fields.BigIntField()
    built_at = fields.DatetimeField()
    earlier_roots = fields.TextField(default="")
    full_root = fields.CharField(max_length=64, unique=True)
    full_key = fields.CharField(max_length=48)
    full_size = fields.BigIntField()
    files = fields.IntField()
    left_out = fields.TextField(default="{}")
    by = fields.ForeignKeyField(Person, "archives", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    matter_id: int

    class Meta:
        table = "archive"
        indexes = (("community_id", "id"),)
