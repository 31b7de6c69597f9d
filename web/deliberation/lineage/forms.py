"""Forms of the lineage room."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deliberation.lineage.rules import WORDS
from web.forms import Form

Why = Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]


class LinkForm(Form):
    """Which other matter this one belongs to, and how."""

    kind: Literal["merged_into", "duplicate"]
    other: Annotated[int, Field(gt=0, lt=2**31)]
    why: Why


class UndoForm(Form):
    """Why a link was wrong."""

    why: Why
