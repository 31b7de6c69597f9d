"""Forms of the ballot room."""

from typing import Annotated

from pydantic import StringConstraints

from deliberation.ballot.votes import Choice
from web.forms import Form


class VoteForm(Form):
    """One choice for one head."""

    head: int
    choice: Choice


class AsideForm(Form):
    """Why a vote is found invalid."""

    why: Annotated[str, StringConstraints(min_length=4, max_length=500)]
