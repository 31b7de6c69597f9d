"""Forms of the ballot room."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from deliberation.ballot.votes import Choice
from web.forms import Form


class VoteForm(Form):
    """One choice for one head, or marks where there are options: ``asks`` says which paper was filled in."""

    head: int
    asks: Literal["choice", "marks"] = "choice"
    choice: Choice | None = None
    mark: tuple[str, ...] = ()


class AsideForm(Form):
    """Why a vote is found invalid."""

    why: Annotated[str, StringConstraints(min_length=4, max_length=500)]
