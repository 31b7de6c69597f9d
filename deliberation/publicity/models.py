"""Publications, the photographs that prove them, and objections, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.files.models import Upload
from community.people.models import Person
from deliberation.publicity.rules import Kind, Verdict


class Publication(Model):
    """Something hung up from ``starts_at`` to ``ends_at``. ``subject`` names what it is about, ``ballot-3``.

    ``place_id`` is where it hangs, ``due_by`` by when it had to, ``boards`` has one name a line. Nothing in the
    program moves ``ends_at`` to an earlier day.
    """

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    place_id = fields.IntField()
    matter_id = fields.IntField(null=True)
    subject = fields.CharField(max_length=64)
    kind = fields.CharEnumField(Kind, max_length=8)
    title = fields.CharField(max_length=96)
    words = fields.TextField(default="")
    boards = fields.TextField(default="")
    days = fields.SmallIntField()
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    due_by = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    photos = fields.IntField(default=0)
    by_id = fields.IntField(null=True)

    veiled = False
    """Whether it is read without its words, because moderation hid the matter it is about."""

    class Meta:
        table = "publication"
        indexes = (("community_id", "id"), ("matter_id", "id"), ("subject", "kind"))

    @property
    def key(self) -> str:
        """Return how events, timers and files name it."""
        return f"publication-{self.id}"

    @property
    def board_names(self) -> list[str]:
        """Return the boards it hangs on."""
        return self.boards.splitlines()


class Posting(Model):
    """A photograph of a board with the publication on it: who took it, when."""

    id = fields.IntField(primary_key=True)
    publication = fields.ForeignKeyField(Publication, "postings", on_delete=fields.RESTRICT)
    board = fields.CharField(max_length=24)
    upload = fields.ForeignKeyField(Upload, "postings", on_delete=fields.RESTRICT)
    taken_at = fields.DatetimeField()
    by = fields.ForeignKeyField(Person, "postings", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    publication_id: int
    by_id: int

    class Meta:
        table = "posting"
        indexes = (("publication_id", "id"),)


class Objection(Model):
    """What somebody says against a publication while it hangs, and the answer with its reasons."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    publication = fields.ForeignKeyField(Publication, "objections", on_delete=fields.RESTRICT)
    by = fields.ForeignKeyField(Person, "objections", on_delete=fields.RESTRICT)
    words = fields.TextField()
    filed_at = fields.DatetimeField()
    answer_due = fields.DatetimeField()
    overdue_at = fields.DatetimeField(null=True)
    verdict = fields.CharEnumField(Verdict, max_length=12, null=True)
    answer = fields.TextField(default="")
    answered_by = fields.ForeignKeyField(Person, "objections_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_why = fields.CharField(max_length=16, default="")

    publication_id: int
    by_id: int

    class Meta:
        table = "objection"
        unique_together = (("publication", "by"),)
        indexes = (("community_id", "answered_at", "answer_due"),)

    @property
    def key(self) -> str:
        """Return how events and timers name it."""
        return f"objection-{self.id}"
