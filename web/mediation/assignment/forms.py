"""What is submitted when a case gets its mediator."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from mediation.assignment.rules import Kin
from web.forms import Form


class AssignForm(Form):
    """选定调解员."""

    mediator: str
    clear: bool = False
    willing: bool = False
    chosen: bool = False
    disclosed: bool = False


class JoinForm(Form):
    """联合调解: an organisation to ask, or one that said yes and joins now."""

    org: Annotated[str, StringConstraints(max_length=16)] = ""
    why: Annotated[str, StringConstraints(max_length=500)] = ""
    joint: Annotated[str, StringConstraints(max_length=16)] = ""
    told: bool = False
    lead: bool = False


class JointAnswerForm(Form):
    """联合调解复函."""

    answer: Literal["yes", "no"]
    mediator: Annotated[str, StringConstraints(max_length=16)] = ""
    clear: bool = False


class JointWordForm(Form):
    """联合调解: what a party says of an organisation that is to join, or that one leaves."""

    word: Literal["agree", "object", "leave"]


class TieForm(Form):
    """申报: a tie to whoever bears a name."""

    name: Annotated[str, StringConstraints(max_length=120)]
    phone: Annotated[str, StringConstraints(max_length=20)] = ""
    kin: Kin
    note: Annotated[str, StringConstraints(max_length=2000)] = ""


class TieHereForm(Form):
    """申报: a tie to a party of a case."""

    party: Annotated[str, StringConstraints(max_length=16)]
    kin: Kin
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
