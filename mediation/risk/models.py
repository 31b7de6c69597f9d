"""Signs seen in a case, colours that people set, and alarms. Rows are added and never deleted."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.models import Case
from mediation.risk.rules import Claimed, Level, Prevented, Safety, Sign


class RiskSign(Model):
    """One sign in a case. ``place`` names a line of a room and never what was said there."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "risk_signs", on_delete=fields.RESTRICT)
    sign = fields.CharEnumField(Sign, max_length=12)
    place = fields.CharField(max_length=48, default="")
    by = fields.ForeignKeyField(Person, "risk_signs", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int

    class Meta:
        table = "risk_sign"
        indexes = (("case_id", "id"),)


class RiskRuling(Model):
    """A colour that somebody set, with a locked reason. One that lowers holds once a second person agreed."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "risk_rulings", on_delete=fields.RESTRICT)
    level = fields.CharEnumField(Level, max_length=8)
    lowers = fields.BooleanField()
    reason = fields.TextField()
    by = fields.ForeignKeyField(Person, "risk_rulings", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    second = fields.ForeignKeyField(Person, "risk_seconds", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField(null=True)

    case_id: int
    by_id: int

    class Meta:
        table = "risk_ruling"
        indexes = (("case_id", "id"),)


class RiskAlarm(Model):
    """A case turned red: who was called so far, and who answered."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "risk_alarms", on_delete=fields.RESTRICT)
    raised_at = fields.DatetimeField()
    step = fields.IntField(default=0)
    acked_by = fields.ForeignKeyField(Person, "risk_alarms", null=True, on_delete=fields.RESTRICT)
    acked_at = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "risk_alarm"
        indexes = (("case_id", "acked_at"),)

    @property
    def key(self) -> str:
        """Name of this alarm in the record and in timers."""
        return f"alarm-{self.id}"


class RiskStanding(Model):
    """The colour that a case has, and since when. Its row is what two who colour at once wait for."""

    id = fields.IntField(primary_key=True)
    case = fields.OneToOneField(Case, "risk_standing", on_delete=fields.RESTRICT)
    level = fields.CharEnumField(Level, max_length=8, default=Level.GREEN)
    since = fields.DatetimeField(null=True)

    case_id: int

    class Meta:
        table = "risk_standing"
        indexes = (("level", "case_id"),)


class SafetyStep(Model):
    """Somebody did one thing of the red list."""

    id = fields.IntField(primary_key=True)
    case = fields.ForeignKeyField(Case, "safety_steps", on_delete=fields.RESTRICT)
    step = fields.CharEnumField(Safety, max_length=8)
    by = fields.ForeignKeyField(Person, "safety_steps", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int

    class Meta:
        table = "safety_step"
        indexes = (("case_id", "at"),)


class PoliceExtract(Model):
    """What the police were given of a red case, locked, with its hash: to whom, by whom, when. Never changed."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    case = fields.ForeignKeyField(Case, "police_extracts", on_delete=fields.RESTRICT)
    given_to = fields.CharField(max_length=80)
    body = fields.TextField()
    sha256 = fields.CharField(max_length=64)
    by = fields.ForeignKeyField(Person, "police_extracts", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    case_id: int
    by_id: int

    class Meta:
        table = "police_extract"
        indexes = (("case_id", "id"),)


class PreventedHarm(Model):
    """What the talks kept from happening, which counts once a second person looked at it.

    ``words`` tell how it was kept from happening and ``proof`` where that can be read; both are locked.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    case = fields.ForeignKeyField(Case, "prevented", on_delete=fields.RESTRICT)
    harm = fields.CharEnumField(Prevented, max_length=8)
    people = fields.IntField()
    words = fields.TextField()
    proof = fields.TextField()
    state = fields.CharEnumField(Claimed, max_length=10, default=Claimed.WAITS)
    said_by = fields.ForeignKeyField(Person, "harms_said", on_delete=fields.RESTRICT)
    said_at = fields.DatetimeField()
    settled_by = fields.ForeignKeyField(Person, "harms_settled", null=True, on_delete=fields.RESTRICT)
    settled_at = fields.DatetimeField(null=True)

    case_id: int
    said_by_id: int

    class Meta:
        table = "prevented_harm"
        indexes = (("case_id", "state"),)
