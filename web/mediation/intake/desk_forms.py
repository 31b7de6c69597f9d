"""What is submitted at the desk of intake."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from community.calendar.rules import SHANGHAI
from mediation.case.channels import Channel
from mediation.case.states import State
from mediation.intake.rules import Authorised, Filing, Kind, Named
from mediation.intake.screening import Screened
from web.forms import Form
from web.mediation.intake.forms import Line, Phone


class SieveForm(Form):
    """收件台的筛选."""

    channel: Channel | None = None
    state: State | None = None
    kind: Kind | None = None
    afraid: bool = False
    q: Annotated[str, StringConstraints(max_length=64)] = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1

    @property
    def asked(self) -> dict[str, str]:
        """Return what was asked for, as it stands in an address."""
        return {name: str(value) for name, value in self.model_dump(mode="json", exclude_defaults=True).items()}


class SuggestForm(Form):
    """从经过推荐类型."""

    statement: Annotated[str, StringConstraints(max_length=4000)] = ""


class RegisterForm(Form):
    """替人登记: eight fields, and a fold for what only some have."""

    channel: Channel
    applicant_name: Line
    phone: Phone = ""
    other_name: Line
    place: Annotated[str, StringConstraints(max_length=120)] = ""
    statement: Annotated[str, StringConstraints(max_length=4000)]
    kind: Kind
    authorised: Authorised | None = None
    number: Annotated[str, StringConstraints(max_length=64)] = ""
    received_at: datetime | None = None
    other_phone: Phone = ""
    wish: Annotated[str, StringConstraints(max_length=1000)] = ""
    afraid: bool = False
    on_paper: bool = False

    def filing(self) -> Filing:
        """Return the filing for the domain; who chose a way of authorising has read back and told."""
        came = self.received_at
        return Filing(
            kind=self.kind,
            statement=self.statement,
            wish=self.wish,
            place=self.place,
            applicant=Named(name=self.applicant_name, phone=self.phone),
            respondent=Named(name=self.other_name, phone=self.other_phone),
            afraid=self.afraid,
            told=self.authorised is not None,
            helped=True,
            read_back=self.authorised is not None,
            authorised=self.authorised,
            channel=self.channel,
            number=self.number,
            received_at=came.replace(tzinfo=came.tzinfo or SHANGHAI) if came else None,
            on_paper=self.on_paper,
        )


class AsWrittenForm(Form):
    """照纸上的日期受理."""

    on: date


class KindForm(Form):
    """定类型."""

    kind: Kind


class JoinForm(Form):
    """并案."""

    other: Annotated[str, StringConstraints(max_length=20)]
    same: bool = False


class ScreenForm(Form):
    """单独问过的话."""

    alone: bool = False
    afraid: Literal["yes", "no"]
    reach: Annotated[str, StringConstraints(max_length=200)] = ""
    meets: bool = False

    def screened(self) -> Screened:
        """Return it for the domain."""
        return Screened(alone=self.alone, afraid=self.afraid == "yes", reach=self.reach, meets=self.meets)
