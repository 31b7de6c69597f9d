"""Comments as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.places.models import Resident
from deliberation.debate.rules import Accord, Position
from deliberation.matter.models import Matter, Sitting


class Comment(Model):
    """What somebody said about a matter, or in answer to such a comment. ``hidden_at`` is set by moderation alone.

    ``answered``, ``helpful`` and ``edits`` count rows of this table, of `Helpful` and of `Wording`;
    the command that adds a row moves the count in the same transaction. When somebody helped, ``aided`` is the office
    of the helper and ``resident`` the row of the roll; without an account there is no ``author``. A comment taken back
    because it was not what the resident wanted is covered as hidden ones are, with ``hidden_why`` `TAKEN_BACK`.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "comments", on_delete=fields.RESTRICT)
    parent: fields.ForeignKeyNullableRelation["Comment"] = fields.ForeignKeyField(
        "heyi.Comment", "answers", null=True, on_delete=fields.RESTRICT
    )
    author = fields.ForeignKeyField(Person, "comments", null=True, on_delete=fields.RESTRICT)
    resident = fields.ForeignKeyField(Resident, "comments", null=True, on_delete=fields.RESTRICT)
    aided = fields.CharField(max_length=20, default="")
    position = fields.CharEnumField(Position, max_length=8)
    words = fields.TextField()
    official = fields.BooleanField(default=False)
    at = fields.DatetimeField()
    answered = fields.IntField(default=0)
    helpful = fields.IntField(default=0)
    edits = fields.IntField(default=0)
    edited_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    author_id: int | None
    resident_id: int | None
    matter_id: int
    parent_id: int | None

    class Meta:
        table = "comment"
        indexes = (("matter_id", "parent_id", "id"), ("matter_id", "position", "helpful"))

    @property
    def speaker(self) -> str:
        """Return the name of whoever says it; needs ``author`` and ``resident``, and is shown by its first sign."""
        whose = self.author or self.resident
        return str(whose.name) if whose else ""


class Helpful(Model):
    """One person found one comment helpful. Taking it back deletes the row."""

    id = fields.IntField(primary_key=True)
    comment = fields.ForeignKeyField(Comment, "found_helpful", on_delete=fields.RESTRICT)
    person = fields.ForeignKeyField(Person, "found_helpful", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    comment_id: int

    class Meta:
        table = "helpful"
        unique_together = (("comment", "person"),)


class Wording(Model):
    """An earlier wording of a comment, kept for everybody to read. ``at`` is when it was written."""

    id = fields.IntField(primary_key=True)
    comment = fields.ForeignKeyField(Comment, "wordings", on_delete=fields.RESTRICT)
    number = fields.IntField()
    words = fields.TextField()
    at = fields.DatetimeField()

    comment_id: int

    class Meta:
        table = "wording"
        unique_together = (("comment", "number"),)


class Opinion(Model):
    """What was agreed about a matter, or what was not and must be answered before the words are frozen.

    It was taken down at a ``sitting``, or from a ``comment`` whose words it keeps, or by the host alone.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    matter = fields.ForeignKeyField(Matter, "opinions", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(Accord, max_length=10)
    words = fields.TextField()
    comment = fields.ForeignKeyField(Comment, "opinions", null=True, on_delete=fields.RESTRICT)
    sitting = fields.ForeignKeyField(Sitting, "opinions", null=True, on_delete=fields.RESTRICT)
    noted_by = fields.ForeignKeyField(Person, "opinions_noted", on_delete=fields.RESTRICT)
    noted_at = fields.DatetimeField()
    answer = fields.TextField(default="")
    answered_by = fields.ForeignKeyField(Person, "opinions_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    matter_id: int
    comment_id: int | None
    sitting_id: int | None
    noted_by_id: int

    @property
    def put_away(self) -> "Opinion | Comment | None":
        """Return what moderation put a placeholder over: this, or the comment it was taken from; needs ``comment``."""
        if self.hidden_at:
            return self
        return self.comment if self.comment and self.comment.hidden_at else None

    class Meta:
        table = "opinion"
        indexes = (("matter_id", "kind", "id"), ("comment_id",))
