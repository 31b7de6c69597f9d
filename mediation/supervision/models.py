"""Cards and what was written on them, turn by turn. The words are locked and no turn is ever changed."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.models import Person
from mediation.case.models import Case
from mediation.supervision.rules import CardState, Colour, Ground


class SupervisionCard(Model):
    """An organisation is asked about a case and answers by ``due_at``."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    data_key = fields.TextField(default="")
    community_id = fields.IntField()
    case = fields.ForeignKeyField(Case, "supervision_cards", on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "supervision_cards", on_delete=fields.RESTRICT)
    ground = fields.CharEnumField(Ground, max_length=12)
    colour = fields.CharEnumField(Colour, max_length=8)
    state = fields.CharEnumField(CardState, max_length=12, default=CardState.OPEN)
    rounds = fields.SmallIntField(default=1)
    days = fields.SmallIntField()
    due_on = fields.DateField()
    issued_by = fields.ForeignKeyField(Person, "supervision_cards", on_delete=fields.RESTRICT)
    issued_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    case_id: int
    org_id: int
    issued_by_id: int

    class Meta:
        table = "supervision_card"
        indexes = (("community_id", "state", "due_on"), ("org_id", "state", "due_on"), ("case_id", "state"))

    @property
    def key(self) -> str:
        """Name of this card in the record and in timers."""
        return f"card-{self.id}"


class CardTurn(Model):
    """One thing that was written on a card. ``deed`` is empty for the first."""

    id = fields.IntField(primary_key=True)
    card = fields.ForeignKeyField(SupervisionCard, "turns", on_delete=fields.RESTRICT)
    n = fields.SmallIntField()
    deed = fields.CharField(max_length=12, default="")
    words = fields.TextField()
    by = fields.ForeignKeyField(Person, "card_turns", null=True, on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    card_id: int

    class Meta:
        table = "supervision_turn"
        unique_together = (("card", "n"),)
