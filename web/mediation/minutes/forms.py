"""What comes in about a record."""

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from community.calendar.rules import SHANGHAI
from mediation.agreement.rules import PaperMark
from mediation.minutes.writing import Head
from web.forms import Form

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
LONG: Final = 4000


class HeadForm(Form):
    """When, where, who was there."""

    held_at: datetime
    place: str
    present: str
    matter: str = ""
    rights_told: bool = False

    @property
    def head(self) -> Head:
        """Return the top of the record; lines of the list end alike whatever browser sent them."""
        present = "\n".join(line.strip() for line in self.present.splitlines() if line.strip())
        return Head(place=self.place, present=present, matter=self.matter)

    @property
    def held(self) -> datetime:
        """Return when it was, Beijing time where nothing else is said."""
        return self.held_at if self.held_at.tzinfo else self.held_at.replace(tzinfo=SHANGHAI)


class LinesForm(Form):
    """Which lines of the joint talk."""

    seq: list[Number] = Field(default=[], max_length=200)


class StatementForm(Form):
    """What somebody said, or what is right instead of an entry."""

    speaker: str = ""
    words: str = Field(default="", max_length=LONG)
    corrects: Number | None = None


class NothingForm(Form):
    """A button."""


class ShownForm(Form):
    """A name under words as they were shown."""

    shown: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WhyForm(Form):
    """A reason."""

    why: str = ""


class SpeakForm(Form):
    """What a party says of some entries."""

    party: str
    n: list[Number] = Field(default=[], max_length=200)
    agreed: Literal["yes", "no"]
    words: str = Field(default="", max_length=LONG)


class PaperForm(SpeakForm):
    """What a party marked on paper."""

    mark: PaperMark
    witness: str = ""


class RefuseForm(Form):
    """A party who will not sign, and why."""

    party: str
    why: str = ""
    witness: str = ""
