"""What is submitted about an application for confirmation."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints, field_validator

from mediation.confirmation.grounds import Denial, Nexus
from mediation.confirmation.ruling import Ruling
from web.forms import Form

Words = Annotated[str, StringConstraints(max_length=500)]
Number = Annotated[str, StringConstraints(max_length=64)]
Code = Annotated[str, StringConstraints(max_length=16)]


class CourtForm(Form):
    """选法院: which, and why it is the right one where the register does not say."""

    court: Code = ""
    nexus: Nexus | None = None

    @field_validator("nexus", mode="before")
    @classmethod
    def empty(cls, value: object) -> object:
        """Take nothing chosen as nothing."""
        return value or None


class ApplyForm(Form):
    """申请: one's own, or what a mediator writes down for a party and how they applied."""

    sworn: bool = False
    party: Code = ""
    method: Code = ""
    real: bool = False


class WordsForm(Form):
    """补充: what was brought."""

    words: Words = ""


class AnswerForm(Form):
    """法院的答复: which, its number and day, on what ground, its words."""

    deed: Literal["admit", "ask_more", "confirm", "dismiss", "not_accept"]
    number: Number = ""
    on: date | None = None
    refusal: Denial | None = None
    words: Words = ""

    @field_validator("on", "refusal", mode="before")
    @classmethod
    def empty(cls, value: object) -> object:
        """Take nothing written as nothing."""
        return value or None

    def ruling(self) -> Ruling:
        """Return it for the domain."""
        return Ruling(number=self.number, on=self.on, refusal=self.refusal, words=self.words)
