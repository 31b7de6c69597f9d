"""What a party submits afterwards."""

from typing import Annotated

from pydantic import Field

from mediation.feedback.grievances import Grievance, Looked
from mediation.feedback.rules import Asked
from web.forms import Form

Mark = Annotated[int, Field(ge=1, le=5)]


class AfterForm(Form):
    """满意度."""

    response: Mark
    fairness: Mark
    solved: Mark
    manner: Mark
    words: str = ""

    @property
    def marks(self) -> dict[Asked, int]:
        """Return the marks for the domain."""
        return {each: int(getattr(self, each.value)) for each in Asked}


class ComplainForm(Form):
    """投诉."""

    grievance: Grievance
    words: str = ""


class LookForm(Form):
    """答复投诉."""

    looked: Looked
    answer: str = ""
