"""Forms of assisted use."""

from typing import Annotated

from pydantic import StringConstraints

from community.helping.rules import NOTES, Outcome
from web.forms import Form


class CallForm(Form):
    """What a call found."""

    outcome: Outcome
    notes: Annotated[str, StringConstraints(max_length=NOTES)] = ""


class LiftForm(Form):
    """Why a helper may help again."""

    why: Annotated[str, StringConstraints(min_length=4, max_length=300)]
