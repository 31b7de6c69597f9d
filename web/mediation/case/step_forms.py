"""What is submitted when a case takes one of the rarer steps of its road."""

from typing import Annotated

from pydantic import StringConstraints

from mediation.case.terms import PauseReason
from web.forms import Form

Words = Annotated[str, StringConstraints(max_length=500)]


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
