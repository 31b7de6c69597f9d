"""The forms of this room."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from deliberation.budget.commands import Plan
from deliberation.budget.equal_shares import Completion
from deliberation.budget.rules import Kind
from web.deliberation.outcome.forms import fen, in_fen
from web.forms import Form

Yuan = Annotated[str, AfterValidator(fen)]


class RoundForm(Form):
    """What a round is about."""

    meeting: int
    title: str
    words: str = ""
    budget: Yuan
    kind: Kind
    most: int = Field(ge=1, le=100)
    completion: Completion = Completion.GREEDY

    @property
    def plan(self) -> Plan:
        """Return it as the command takes it."""
        return Plan(
            title=self.title,
            words=self.words,
            budget=in_fen(self.budget),
            kind=self.kind,
            most=self.most,
            completion=self.completion,
        )


class ProjectForm(Form):
    """One project."""

    title: str
    what: str
    cost: Yuan


class DropForm(Form):
    """Why a project is not on the list."""

    why: str


class DaysForm(Form):
    """From when to when."""

    opens_on: date
    closes_on: date
