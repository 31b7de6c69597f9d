"""Forms of the ballot room."""

from typing import Annotated

from pydantic import StringConstraints

from web.deliberation.question.forms import SaidForm
from web.forms import Form


class VoteForm(SaidForm):
    """What is said for one head."""

    head: int


class AsideForm(Form):
    """Why a vote is found invalid."""

    why: Annotated[str, StringConstraints(min_length=4, max_length=500)]
