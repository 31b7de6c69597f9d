"""What is submitted when a case is handed on."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from mediation.case.models import Track
from mediation.referral.rules import Basis
from web.forms import Form

Words = Annotated[str, StringConstraints(max_length=500)]
Article = Annotated[str, StringConstraints(max_length=120)]


class HandForm(Form):
    """移交: to whom, on which track, why, on what basis."""

    org: Annotated[str, StringConstraints(max_length=16)]
    track: Track
    basis: Basis
    article: Article = ""
    reason: Words = ""


class SayForm(Form):
    """A party's answer; a director who writes it down names the party and the way."""

    answer: Literal["yes", "no"]
    party: Annotated[str, StringConstraints(max_length=16)] = ""
    method: Annotated[str, StringConstraints(max_length=8)] = ""


class AcceptForm(Form):
    """接收: the number, on the tracks where the receiver keeps its own books."""

    number: Annotated[str, StringConstraints(max_length=64)] = ""


class RejectForm(Form):
    """退回: why, and on what legal basis."""

    reason: Words = ""
    article: Article = ""


class ReasonForm(Form):
    """收回, 由原单位继续: why."""

    reason: Words = ""
