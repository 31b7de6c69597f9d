"""What people may submit about a case."""

from typing import Annotated

from pydantic import StringConstraints

from mediation.case.states import Outcome
from mediation.feedback.rules import Suit
from web.forms import Form


class TerminateForm(Form):
    """终止调解: the mediator's reason; a party gives none."""

    outcome: Outcome = Outcome.FAILED_GAP


class MeetForm(Form):
    """记一次调解会议."""

    noticed: bool = False
    attended: bool = False


class CloseForm(Form):
    """结案."""

    served: bool = False
    returned: bool = False
    report: Annotated[str, StringConstraints(max_length=500)] = ""


class FollowUpForm(Form):
    """回访."""

    visited: bool = False
    asked: bool = False
    suit: Suit = Suit.NONE
    danger: bool = False
    words: Annotated[str, StringConstraints(max_length=500)] = ""
