"""Forms of the body room."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from deliberation.body.procedure import Procedure
from deliberation.body.rules import Basis, BodyKind
from deliberation.body.thresholds import MOST_LEAST, MOST_PERCENT
from web.forms import Form


class BodyForm(Form):
    """A meeting to be founded."""

    kind: BodyKind
    name: Annotated[str, StringConstraints(min_length=2, max_length=64)]


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


class RollForm(Form):
    """Whose names the roll holds."""

    basis: Basis
