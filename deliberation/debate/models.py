"""Comments as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter


class Comment(Model):
    """What somebody said about a matter, or in answer to such a comment. ``hidden_at`` is set by moderation alone."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "comments", on_delete=fields.RESTRICT)
    parent: fields.ForeignKeyNullableRelation["Comment"] = fields.ForeignKeyField(
        "heyi.Comment", "answers", null=True, on_delete=fields.RESTRICT
    )
    author = fields.ForeignKeyField(Person, "comments", on_delete=fields.RESTRICT)
    position = fields.CharEnumField(Position, max_length=8)
    words = fields.TextField()
    official = fields.BooleanField(default=False)
    at = fields.DatetimeField()
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    author_id: int
    matter_id: int
    parent_id: int | None

    class Meta:
        table = "comment"
        indexes = (("matter_id", "parent_id", "id"),)
