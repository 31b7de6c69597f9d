"""Forms of the publicity room."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from community.calendar.rules import SHANGHAI
from deliberation.publicity.opening import Bill
from deliberation.publicity.rules import BOARD, LONGEST, SAID, TITLE, WORDS, Kind, Verdict
from web.forms import Form

Words = Annotated[str, StringConstraints(min_length=SAID[0], max_length=SAID[1])]


class BillForm(Form):
    """Something a clerk hangs up: how a matter is carried out, or the affairs of the community."""

    kind: Kind
    title: Annotated[str, StringConstraints(min_length=TITLE[0], max_length=TITLE[1])]
    words: Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]
    days: Annotated[int, Field(ge=1, le=LONGEST)]
    boards: Annotated[str, StringConstraints(max_length=400)] = BOARD

    @property
    def bill(self) -> Bill:
        """Return it as the domain knows it."""
        return Bill(kind=self.kind, title=self.title, words=self.words, days=self.days, boards=self.boards)


class PhotoForm(Form):
    """A photograph of a board: which one, when it was taken (Beijing time), the picture."""

    board: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    taken_at: datetime
    file: UploadFile | None = None

    @property
    def taken(self) -> datetime:
        """Return when it was taken, with its zone; people type the time of Beijing."""
        return self.taken_at if self.taken_at.tzinfo else self.taken_at.replace(tzinfo=SHANGHAI)


class ObjectionForm(Form):
    """What somebody objects to."""

    words: Words


class AnswerForm(Form):
    """The answer to an objection, with its reasons."""

    verdict: Verdict
    answer: Words
