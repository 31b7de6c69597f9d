"""What is submitted about a card."""

from typing import Annotated

from pydantic import StringConstraints

from mediation.supervision.rules import DAYS, MOST, CardDeed, Colour, Ground
from web.forms import Form

Words = Annotated[str, StringConstraints(max_length=MOST)]


class IssueForm(Form):
    """督办: why, how pressing, what is asked, and in how many working days."""

    ground: Ground
    colour: Colour = Colour.YELLOW
    days: int = DAYS
    words: Words = ""


class TurnForm(Form):
    """One deed of the table, with its words."""

    deed: CardDeed
    words: Words = ""
