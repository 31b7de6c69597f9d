"""What is submitted about the people of a case."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from mediation.case.capacity import Capacity
from mediation.parties.commands import Someone
from mediation.parties.rules import AttendRole, GuardBasis, MemberVote, Power, ProxyKind
from web.forms import Form
from web.mediation.intake.forms import Line, Phone

ROSTER_MOST = 40_000


class DescribeForm(Form):
    """行为能力."""

    born: date | None = None
    entity: bool = False
    incapable: Capacity | None = None


class PersonForm(Form):
    """A name and a telephone number."""

    name: Line
    phone: Phone = ""

    @property
    def someone(self) -> Someone:
        """Return it for the domain."""
        return Someone(name=self.name, phone=self.phone)


class GuardianForm(PersonForm):
    """法定代理人."""

    basis: GuardBasis
    conflict: bool = False


class RepresentativeForm(PersonForm):
    """委托代理人."""

    kind: ProxyKind
    powers: list[Power] = Field(default_factory=list)
    until: date | None = None


class InterpreterForm(Form):
    """翻译."""

    name: Line
    language: Annotated[str, StringConstraints(max_length=20)]
    kin: bool = False
    sworn: bool = False


class AttendForm(Form):
    """请人参加，或者记录人."""

    role: AttendRole
    name: Line
    why: Annotated[str, StringConstraints(max_length=500)]
    agreed: bool = False
    sworn: bool = False


class JoinForm(Form):
    """后来加入协议."""

    party: Line
    written: bool = False


class EndForm(Form):
    """结束一项身份."""

    row: Line


class RosterForm(Form):
    """名册：一行一人，姓名和房号."""

    people: Annotated[str, StringConstraints(max_length=ROSTER_MOST)]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return (name, home) of every line; a comma, a tab or a blank stands between."""
        lines = [line.replace("，", ",").replace("\t", ",").split(",", 1) for line in self.people.splitlines()]
        return [(line[0].strip(), line[1].strip() if len(line) > 1 else "") for line in lines if line[0].strip()]


class ElectForm(Form):
    """推选代表人."""

    chosen: list[str] = Field(default_factory=list)


class ShareForm(Form):
    """谁同意把名册上自己的一行交给主管部门."""

    shared: list[str] = Field(default_factory=list)


class RatifyForm(Form):
    """一位成员认可还是不认可."""

    member: Line
    vote: MemberVote
