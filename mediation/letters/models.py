"""Letters to parties without an account. Who signed for one and its postal number are locked; no row is deleted."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person
from mediation.case.models import Case, Invitation, Party
from mediation.letters.rules import Back, How, LetterKind, LetterState, Proof


class Letter(Model):
    """What a party has to be told on paper, in the words of a mail, and how far it got.

    ``sentence`` is a message id and ``facts`` its values, neither of them about the matter. ``link`` names what can be
    answered without an account. ``receipt`` is the scan of the signed card of a visit.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    case = fields.ForeignKeyField(Case, "letters", on_delete=fields.RESTRICT)
    party = fields.ForeignKeyField(Party, "letters", on_delete=fields.RESTRICT)
    kind = fields.CharEnumField(LetterKind, max_length=10)
    sentence = fields.CharField(max_length=200)
    facts = fields.CharField(max_length=400, default="{}")
    link = fields.CharField(max_length=64, default="")
    invitation = fields.ForeignKeyField(Invitation, "letters", null=True, on_delete=fields.RESTRICT)
    state = fields.CharEnumField(LetterState, max_length=8, default=LetterState.WAITS)
    made_at = fields.DatetimeField()
    printed_by = fields.ForeignKeyField(Person, "letters_printed", null=True, on_delete=fields.RESTRICT)
    printed_at = fields.DatetimeField(null=True)
    how = fields.CharEnumField(How, max_length=10, null=True)
    sent_by = fields.ForeignKeyField(Person, "letters_sent", null=True, on_delete=fields.RESTRICT)
    sent_at = fields.DatetimeField(null=True)
    tracking = fields.TextField(default="")
    proof = fields.CharEnumField(Proof, max_length=6, null=True)
    name = fields.TextField(default="")
    witness = fields.TextField(default="")
    receipt = fields.CharField(max_length=16, default="")
    sha256 = fields.CharField(max_length=64, default="")
    back = fields.CharEnumField(Back, max_length=8, null=True)
    ended_at = fields.DatetimeField(null=True)

    case_id: int
    party_id: int
    invitation_id: int | None
    printed_by_id: int | None
    sent_by_id: int | None

    class Meta:
        table = "case_letter"
        indexes = (("state", "case_id"), ("case_id", "id"), ("party_id", "state"), ("invitation_id",))
