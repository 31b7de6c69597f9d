"""What is submitted when a case takes one of the rarer steps of its road."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from mediation.agreement.afterwards import Ground
from mediation.archive.rules import Retention
from mediation.case.models import Side
from mediation.case.terms import PauseReason
from mediation.intake.leading import Organ
from mediation.referral.commission import Commission
from web.forms import Form
from web.mediation.intake.forms import Phone

Words = Annotated[str, StringConstraints(max_length=500)]


class CommissionForm(Form):
    """接收委派委托."""

    kind: Commission
    number: Annotated[str, StringConstraints(max_length=64)] = ""
    agreed: bool = False
    received: date


class SuspendForm(Form):
    """中止."""

    reason: PauseReason
    words: Words = ""
    reported: bool = False


class ResumeForm(Form):
    """恢复."""

    solved: Words = ""


class UnreachableForm(Form):
    """无法联系."""


class MissingForm(Form):
    """要求补正: one thing a line."""

    items: Annotated[str, StringConstraints(max_length=4000)] = ""


class SupplementForm(Form):
    """补正: an answer for each thing that was asked for."""

    give_1: Words = ""
    give_2: Words = ""
    give_3: Words = ""
    give_4: Words = ""
    give_5: Words = ""
    give_6: Words = ""
    give_7: Words = ""
    give_8: Words = ""

    @property
    def given(self) -> list[str]:
        """Return the answers in order."""
        return [getattr(self, f"give_{n}") for n in range(1, 9)]


class RedirectForm(Form):
    """引导分流."""

    organ: Organ | None = None
    must: bool = False
    fraud: bool = False
    words: Words = ""


class MergeForm(Form):
    """并案."""

    other: Annotated[str, StringConstraints(max_length=40)] = ""
    same: bool = False
    words: Words = ""


class SeverForm(Form):
    """部分当事人先行."""

    party: Annotated[str, StringConstraints(max_length=16)] = ""
    written: bool = False


class ExtendForm(Form):
    """延长期限: the day that is asked for, or the parties whose paper came in."""

    until: date | None = None
    paper: tuple[str, ...] = ()


class DutiesForm(Form):
    """回访发现未履行、恢复办理: the promises that were not kept."""

    duties: tuple[str, ...] = ()
    words: Words = ""


class BindForm(Form):
    """归档."""

    shown: Annotated[str, StringConstraints(max_length=64)] = ""
    retention: Retention | None = None
    purge: bool = False
    words: Words = ""


class RouteForm(Form):
    """转法定途径."""

    told: bool = False


class AmendForm(Form):
    """变更协议."""

    because: Words = ""
    filed: Literal["yes", "no"]
    court_told: bool = False


class AgainForm(Form):
    """重新调解."""

    ground: Ground | None = None
    signed: tuple[str, ...] = ()
    words: Words = ""


class PleaForm(Form):
    """换调解员: nobody need say why."""

    words: Words = ""


class RulingForm(Form):
    """回避决定."""

    granted: Literal["yes", "no"]
    answer: Words = ""


class YesNoForm(Form):
    """One question, two buttons."""

    answer: Literal["yes", "no"]


class RespondentForm(Form):
    """再加一位当事人."""

    side: Side = Side.RESPONDENT
    name: Annotated[str, StringConstraints(max_length=64)] = ""
    phone: Phone = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""
    needed: bool = False


class OralAgreeForm(Form):
    """口头协议: what was settled, and rows ``who-1``, ``whom-1``, … as in the form of a written one."""

    model_config = ConfigDict(extra="allow")

    facts: Annotated[str, StringConstraints(max_length=4000)] = ""
    waived: bool = False
    read_back: bool = False
