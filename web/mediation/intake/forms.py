"""What is submitted when a dispute is brought, and when people are asked whether they want mediation."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from mediation.intake.rules import DeclineReason, Filing, Kind, Named
from web.forms import Form

Line = Annotated[str, StringConstraints(max_length=64)]
Phone = Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9+()（） \-]*$")]


class FileForm(Form):
    """申请调解: one page, three fields that must be filled."""

    kind: Kind
    statement: Annotated[str, StringConstraints(max_length=4000)]
    wish: Annotated[str, StringConstraints(max_length=1000)] = ""
    place: Annotated[str, StringConstraints(max_length=120)] = ""
    phone: Phone = ""
    other_name: Line
    other_phone: Phone = ""
    other_email: Annotated[str, StringConstraints(max_length=254)] = ""
    afraid: bool = False
    told: bool = False

    def filing(self, *, name: str, email: str) -> Filing:
        """Return the filing for the domain; ``name`` and ``email`` are those of the person at the keyboard."""
        return Filing(
            kind=self.kind,
            statement=self.statement,
            wish=self.wish,
            place=self.place,
            applicant=Named(name=name, phone=self.phone, email=email),
            respondent=Named(name=self.other_name, phone=self.other_phone, email=self.other_email),
            afraid=self.afraid,
            told=self.told,
        )


class InviteForm(Form):
    """征询意愿: the two ticks that must be there before an invitation goes out, and how to reach the other side."""

    scope_ok: bool = False
    screened: bool = False
    name: Line = ""
    phone: Phone = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class DeclineForm(Form):
    """不予受理."""

    reason: DeclineReason


class AnswerForm(Form):
    """同意或不同意，一个字都不用多写."""

    answer: Literal["yes", "no"]
    name: Line = ""


class OralForm(Form):
    """An answer given at the window, by phone or on a visit."""

    party: str
    answer: Literal["yes", "no"]
    method: Literal["window", "phone", "visit"]


class AttemptForm(Form):
    """An attempt to reach a party that did not reach them."""

    party: str
    way: Literal["phone", "visit"]
