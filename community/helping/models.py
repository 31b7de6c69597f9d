"""Authorisations, what was done under them, and the calls that ask after it, as stored."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.helping.rules import Deed, How, Outcome, Undone
from community.people.models import Person
from community.places.models import Resident
from community.rights import Role


class Authorisation(Model):
    """A resident of the roll asked a helper to act for them until ``until``. ``token`` tells a form sent twice.

    The proof is a file about ``authorisation-<id>``; it may be opened at its own door only, where that is recorded.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    resident = fields.ForeignKeyField(Resident, "authorisations", on_delete=fields.RESTRICT)
    helper = fields.ForeignKeyField(Person, "authorisations", on_delete=fields.RESTRICT)
    role = fields.CharEnumField(Role, max_length=20)
    how = fields.CharEnumField(How, max_length=12)
    place = fields.CharField(max_length=80)
    token = fields.CharField(max_length=32)
    at = fields.DatetimeField()
    until = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)
    withdrawn_by_id = fields.IntField(null=True)

    resident_id: int
    helper_id: int

    class Meta:
        table = "authorisation"
        unique_together = (("helper", "token"),)
        indexes = (("community_id", "helper_id", "id"), ("resident_id",))

    @property
    def key(self) -> str:
        """Return what the record and its files call it."""
        return f"authorisation-{self.id}"


class Errand(Model):
    """One deed about one thing (``subject``, ``matter-12``) for which an authorisation was given.

    ``result`` names what came of it (``endorsement-3``); ``week`` is the one in which it was done.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    authorisation = fields.ForeignKeyField(Authorisation, "errands", on_delete=fields.RESTRICT)
    subject = fields.CharField(max_length=64)
    deed = fields.CharEnumField(Deed, max_length=8)
    position = fields.CharField(max_length=8, default="")
    words = fields.TextField(default="")
    done_at = fields.DatetimeField(null=True)
    week = fields.CharField(max_length=8, default="")
    result = fields.CharField(max_length=64, default="")
    undone_at = fields.DatetimeField(null=True)
    undone: Undone | None = fields.CharEnumField(Undone, max_length=12, null=True)  # type: ignore[assignment]

    authorisation_id: int

    class Meta:
        table = "errand"
        unique_together = (("authorisation", "subject", "deed"),)
        indexes = (("community_id", "week"),)


class CallDraw(Model):
    """The lot of one week in one community, so that anybody can draw it again from ``seed``."""

    id = fields.IntField(primary_key=True)
    community_id = fields.IntField()
    week = fields.CharField(max_length=8)
    seed = fields.CharField(max_length=96)
    done = fields.IntField()
    drawn = fields.IntField()
    at = fields.DatetimeField()

    class Meta:
        table = "call_draw"
        unique_together = (("community_id", "week"),)


class Callback(Model):
    """One deed that the lot took: the resident is asked whether it is what they wanted, by ``due_at``."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    draw = fields.ForeignKeyField(CallDraw, "callbacks", on_delete=fields.RESTRICT)
    errand = fields.OneToOneField(Errand, "callback", on_delete=fields.RESTRICT)
    due_at = fields.DatetimeField()
    tries = fields.SmallIntField(default=0)
    outcome: Outcome | None = fields.CharEnumField(Outcome, max_length=10, null=True)  # type: ignore[assignment]
    closed_at = fields.DatetimeField(null=True)

    errand_id: int

    class Meta:
        table = "callback"
        indexes = (("community_id", "closed_at", "due_at"),)


class CallTry(Model):
    """One call, by whom, with what it found."""

    id = fields.IntField(primary_key=True)
    callback = fields.ForeignKeyField(Callback, "calls", on_delete=fields.RESTRICT)
    number = fields.SmallIntField()
    outcome = fields.CharEnumField(Outcome, max_length=10)
    notes = fields.TextField(default="")
    by = fields.ForeignKeyField(Person, "call_tries", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    class Meta:
        table = "call_try"
        unique_together = (("callback", "number"),)


class HelpStop(Model):
    """A helper may not help in a community since a call back found something untrue, until it is lifted."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    helper = fields.ForeignKeyField(Person, "help_stops", on_delete=fields.RESTRICT)
    callback = fields.ForeignKeyField(Callback, "stops", on_delete=fields.RESTRICT)
    since = fields.DatetimeField()
    lifted_at = fields.DatetimeField(null=True)
    lifted_by_id = fields.IntField(null=True)
    lifted_why = fields.CharField(max_length=300, default="")

    helper_id: int

    class Meta:
        table = "help_stop"
        indexes = (("helper_id", "lifted_at"), ("community_id", "lifted_at"))
