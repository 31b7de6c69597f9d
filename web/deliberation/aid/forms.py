"""The one form of assisted use, filled in on a telephone at somebody's door."""

from typing import Annotated

from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from community.helping.commands import Given, Wish
from community.helping.rules import LONGEST, PLACE, Deed, How
from deliberation.debate.rules import Position
from web.forms import Form
from web.text import whole

Code = Annotated[str, StringConstraints(min_length=8, max_length=32, pattern=r"^[0-9A-Za-z_-]+$")]


class HelpForm(Form):
    """Who asked for what, how they said so, and the proof. ``kept`` is a proof that arrived with an earlier try."""

    token: Code
    resident: Code
    deeds: list[Deed] = Field(default_factory=list)
    others: Annotated[str, StringConstraints(max_length=80)] = ""
    position: Position = Position.MORE
    words: Annotated[str, StringConstraints(max_length=2000)] = ""
    how: How
    proof: UploadFile | None = None
    kept: Annotated[str, StringConstraints(max_length=16)] = ""
    read_aloud: bool = False
    place: Annotated[str, StringConstraints(min_length=1, max_length=PLACE)]
    days: Annotated[int, Field(ge=0, le=LONGEST)] = 0
    later: bool = False

    def given(self, matter_id: int, proof: str) -> Given:
        """Return it as the domain knows it."""
        here = f"matter-{matter_id}"
        wishes = [Wish(here, Deed.ENDORSE)] if Deed.ENDORSE in self.deeds else []
        wishes += [Wish(here, Deed.COMMENT, self.position, self.words)] if Deed.COMMENT in self.deeds else []
        numbers = dict.fromkeys(whole(each) for each in self.others.replace("，", " ").replace("、", " ").split())
        wishes += [Wish(f"matter-{number or 0}", Deed.ENDORSE) for number in numbers if number != matter_id]
        return Given(
            resident=self.resident,
            wishes=wishes,
            how=self.how,
            place=self.place,
            token=self.token,
            proof=proof,
            read_aloud=self.read_aloud,
            days=self.days,
        )
