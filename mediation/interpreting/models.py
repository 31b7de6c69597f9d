"""What an interpreter was handed, by whom and until when, and the words they wrote where no room keeps them."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.agreement.models import AgreementVersion
from mediation.case.models import Case
from mediation.interpreting.rules import Subject
from mediation.minutes.models import TalkMinutes
from mediation.parties.models import Interpreter
from mediation.room.models import Room


class TranslationTask(Model):
    """An interpreter is asked for one translation and may read the original until then. The words are locked.

    The translation of a line stands in its room, as a numbered line that names the original.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "translations", on_delete=fields.RESTRICT)
    interpreter = fields.ForeignKeyField(Interpreter, "translations", on_delete=fields.RESTRICT)
    subject = fields.CharEnumField(Subject, max_length=10)
    room = fields.ForeignKeyField(Room, "translations", null=True, on_delete=fields.RESTRICT)
    seq = fields.IntField(null=True)
    version = fields.ForeignKeyField(AgreementVersion, "translations", null=True, on_delete=fields.RESTRICT)
    minutes = fields.ForeignKeyField(TalkMinutes, "translations", null=True, on_delete=fields.RESTRICT)
    asked_by = fields.ForeignKeyField(Person, "translations_asked", on_delete=fields.RESTRICT)
    asked_at = fields.DatetimeField()
    until = fields.DatetimeField()
    lang = fields.CharField(max_length=8, default="")
    words = fields.TextField(default="")
    done_at = fields.DatetimeField(null=True)

    case_id: int
    interpreter_id: int
    asked_by_id: int
    room_id: int | None
    version_id: int | None
    minutes_id: int | None

    class Meta:
        table = "translation_task"
        indexes = (("case_id", "id"), ("version_id",), ("minutes_id",))
