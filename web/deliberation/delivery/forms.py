"""Forms of service."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints
from starlette.datastructures import UploadFile

from community.calendar.rules import SHANGHAI
from deliberation.ballot.roll import How
from deliberation.delivery.rules import Round
from web.forms import Form

Short = Annotated[str, StringConstraints(max_length=200)]


class RoundForm(Form):
    """These heads, reached in this way at that time; the scan or photograph may come along."""

    heads: tuple[int, ...] = ()
    how: How
    served_at: datetime
    batch: Annotated[str, StringConstraints(min_length=8, max_length=24)]
    warned: bool = False
    witness: Annotated[str, StringConstraints(max_length=40)] = ""
    note: Short = ""
    file: UploadFile | None = None

    @property
    def round(self) -> Round:
        """Return the round as the domain knows it; a time without a zone is Beijing's."""
        at = self.served_at if self.served_at.tzinfo else self.served_at.replace(tzinfo=SHANGHAI)
        return Round(
            heads=self.heads,
            how=self.how,
            served_at=at,
            batch=self.batch,
            warned=self.warned,
            witness=self.witness,
            note=self.note,
        )


class StrikeForm(Form):
    """Why an entry is struck out."""

    why: Short = ""
