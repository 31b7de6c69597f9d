"""Links between matters, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.people.models import Person
from deliberation.lineage.rules import LinkKind
from deliberation.matter.models import Matter


class MatterLink(Model):
    """The one matter hangs on the other. Undone by a deed of its own, never deleted.

    ``heads`` is how many heads of the one were counted for the other when it was merged.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    kind = fields.CharEnumField(LinkKind, max_length=12)
    one = fields.ForeignKeyField(Matter, "links_out", on_delete=fields.RESTRICT)
    other = fields.ForeignKeyField(Matter, "links_in", on_delete=fields.RESTRICT)
    why = fields.CharField(max_length=500, default="")
    heads = fields.IntField(default=0)
    by = fields.ForeignKeyField(Person, "links_made", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    undone_at = fields.DatetimeField(null=True)
    undone_by_id = fields.IntField(null=True)
    undone_why = fields.CharField(max_length=500, default="")

    one_id: int
    other_id: int

    class Meta:
        table = "matter_link"
        indexes = (("one_id", "id"), ("other_id", "id"), ("community_id", "undone_at"))
