"""What people said they want to follow, or no longer."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person


class Follow(Model):
    """The last word of ``person`` about ``subject``: they want to hear of it, or, ``wanted`` false, no more."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField(null=True)
    person = fields.ForeignKeyField(Person, "follows", on_delete=fields.RESTRICT)
    subject = fields.CharField(max_length=64)
    wanted = fields.BooleanField()
    at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "follow"
        unique_together = (("person", "subject"),)
        indexes = (("subject", "wanted"),)
