"""Forms of the stakeholder room."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from deliberation.stakeholder.rules import WORDS, Capacity, Seat
from web.forms import Form


class InviteForm(Form):
    """Whom to ask to the table, in which role."""

    seat: Seat
    org: Annotated[str, StringConstraints(max_length=24)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class StatementForm(Form):
    """The position of somebody who was asked."""

    words: Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]


class DeclarationForm(Form):
    """Whether one has a stake of one's own, and which."""

    capacity: Capacity
    interested: Literal["yes", "no"]
    words: Annotated[str, StringConstraints(max_length=WORDS[1])] = ""
