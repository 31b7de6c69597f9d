"""Forms of the polling room."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from community.calendar.rules import SHANGHAI
from deliberation.polling.rules import TOKEN, Met, SheetDeed
from web.deliberation.question.forms import SaidForm, SeenForm
from web.forms import Form

Code = Annotated[str, StringConstraints(min_length=8, max_length=20)]
Token = Annotated[str, StringConstraints(min_length=8, max_length=TOKEN)]
Why = Annotated[str, StringConstraints(min_length=4, max_length=300)]


class CodeForm(Form):
    """The code on a slip, and who of several owners it is."""

    code: Code
    speaker: int | None = None


class ChoiceForm(SaidForm):
    """What is said, and who of several owners says it."""

    speaker: int | None = None


class PrintForm(Form):
    """The building whose sheets are printed."""

    building: Annotated[str, StringConstraints(max_length=64)] = ""


class ReissueForm(Form):
    """Which head gets a new sheet, and why."""

    head: int
    why: Why


class CountForm(Form):
    """Sheets spoilt or handed back."""

    deed: Literal[SheetDeed.SPOILT, SheetDeed.RETURNED]
    number: Annotated[int, Field(ge=1, le=100_000)]
    why: Why


class EntryForm(SeenForm):
    """One reading of a sheet."""

    code: Code
    received_at: datetime
    speaker: int | None = None
    sure: Literal["on"] | None = None
    token: Token
    file: UploadFile | str | None = None

    @property
    def received(self) -> datetime:
        """Return when the sheet came in, Beijing time where nothing else is said."""
        return self.received_at if self.received_at.tzinfo else self.received_at.replace(tzinfo=SHANGHAI)


class LookForm(SeenForm):
    """What a third person sees on a sheet."""

    speaker: int | None = None
    why: Why


class AdmitForm(Form):
    """Whom a clerk found on the roll."""

    head: int
    speaker: int | None = None


class NoteForm(Form):
    """What was found at a door."""

    head: int
    met: Met
    token: Token


class HelpForm(SaidForm):
    """A vote taken down at a door."""

    speaker: int | None = None
    read_back: Literal["on"] | None = None
    token: Token
    file: UploadFile | str | None = None


class WitnessForm(Form):
    """What a witness says of a vote taken down at a door."""

    right: Literal["yes", "no"]
    why: Annotated[str, StringConstraints(max_length=300)] = ""
