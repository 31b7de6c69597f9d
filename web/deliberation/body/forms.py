"""Forms of the body room."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from deliberation.body.procedure import Procedure
from deliberation.body.rules import WHY, Basis, BodyKind, Proof
from deliberation.body.thresholds import MOST_LEAST, MOST_PERCENT
from deliberation.publicity.rules import SAID, Verdict
from web.forms import Form


class BodyForm(Form):
    """A meeting to be founded; ``place`` is the code of a building or grid, empty for the community."""

    kind: BodyKind
    name: Annotated[str, StringConstraints(min_length=2, max_length=64)]
    place: Annotated[str, StringConstraints(max_length=24)] = ""


class ProcedureForm(Form):
    """What a meeting's own rules of procedure say about seconding."""

    percent: Annotated[int, Field(ge=0, le=MOST_PERCENT)]
    least: Annotated[int, Field(ge=1, le=MOST_LEAST)]
    hours: int
    agreed_on: date

    @property
    def agreed(self) -> Procedure:
        """Return it as the domain knows it."""
        return Procedure(percent=self.percent, least=self.least, hours=self.hours, agreed_on=self.agreed_on)


class ShowForm(Form):
    """For how many full days a meeting shows its results."""

    days: int


class RollForm(Form):
    """Whose names the roll holds."""

    basis: Basis


class EndForm(Form):
    """Why a body ends."""

    why: Annotated[str, StringConstraints(min_length=WHY[0], max_length=WHY[1])]


class ObjectionForm(Form):
    """What is wrong with a roll."""

    words: Annotated[str, StringConstraints(min_length=SAID[0], max_length=SAID[1])]


class VerdictForm(Form):
    """What the committee decides on an objection, with its reasons."""

    verdict: Verdict
    answer: Annotated[str, StringConstraints(min_length=SAID[0], max_length=SAID[1])]


class HouseholdForm(Form):
    """Who speaks for a household: the code of a resident, the days, the proof."""

    resident: Annotated[str, StringConstraints(max_length=16)]
    since: date
    until: date | None = None
    proof: Proof
