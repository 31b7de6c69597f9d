"""What comes in."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field
from starlette.datastructures import UploadFile

from community.calendar.rules import SHANGHAI
from mediation.evidence.rules import SOURCE, TITLE, WORDS, ProofForm, ProofKind
from web.forms import Form


class BringForm(Form):
    """A piece of evidence."""

    title: str = Field(max_length=TITLE)
    kind: ProofKind
    form: ProofForm
    source: str = Field(default="", max_length=SOURCE)
    taken_on: date | None = None
    proves: str = Field(default="", max_length=WORDS)
    medical: bool = False
    party: str = ""
    shown: bool = False
    sure: bool = False
    files: list[UploadFile] = Field(default_factory=list)


class SureForm(Form):
    """Showing a piece to the others."""

    sure: bool = False


class WhyForm(Form):
    """Taking a piece back."""

    why: str = Field(max_length=SOURCE)


class OfferForm(Form):
    """An answer to a wish to see the original."""

    answer: Literal["yes", "no"]
    meet_at: datetime | None = None
    words: str = Field(max_length=WORDS)

    @property
    def meets(self) -> datetime | None:
        """Return the moment; what was typed is local time."""
        at = self.meet_at
        return at.replace(tzinfo=SHANGHAI) if at and at.tzinfo is None else at


class ProposeForm(Form):
    """An appraisal to propose."""

    matter: str = Field(max_length=WORDS)
    expert: str = Field(max_length=SOURCE)
    payer: str = Field(max_length=SOURCE)


class AgreeForm(Form):
    """Whether a side agrees; ``party`` when whoever mediates writes it down."""

    answer: Literal["yes", "no"]
    party: str = ""


class CommissionForm(Form):
    """What the expert said of conflicts and promised."""

    free: bool = False
    sworn: bool = False


class OpinionForm(Form):
    """The opinion."""

    title: str = Field(max_length=TITLE)
    files: list[UploadFile] = Field(default_factory=list)
