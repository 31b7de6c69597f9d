"""Requests of data subjects with their answers; names, ways to reach somebody and words are locked."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from community.subject_requests.rules import Checked, Kind, Outcome, Standing


class SubjectRequest(Model):
    """Somebody asks for something about what is kept of them, on ``asked_at``, to be answered by ``due_on``.

    ``person`` is the account it is about, if there is one; ``taken_by`` wrote it down at the window.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    person = fields.ForeignKeyField(Person, "subject_requests", null=True, on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(Kind, max_length=8)
    state = fields.CharEnumField(Standing, max_length=9, default=Standing.OPEN)
    data_key = fields.TextField()
    name = fields.TextField()
    contact = fields.TextField()
    words = fields.TextField()
    checked = fields.CharEnumField(Checked, max_length=7)
    taken_by = fields.ForeignKeyField(Person, "subject_requests_taken", null=True, on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    due_on = fields.DateField()
    answered_by = fields.ForeignKeyField(Person, "subject_requests_answered", null=True, on_delete=fields.RESTRICT)
    answered_at = fields.DatetimeField(null=True)
    outcome = fields.CharEnumField(Outcome, max_length=7, null=True)
    answer = fields.TextField(default="")
    sent_at = fields.DatetimeField(null=True)

    person_id: int | None
    taken_by_id: int | None
    answered_by_id: int | None

    class Meta:
        table = "subject_request"
        indexes = (("community_id", "state", "due_on"), ("person_id", "id"))

    @property
    def key(self) -> str:
        """Name of this request in the record and in timers."""
        return f"subject-request-{self.id}"
