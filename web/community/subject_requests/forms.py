"""Forms for asking about personal data and for answering."""

from typing import Annotated

from pydantic import StringConstraints

from community.subject_requests.rules import CONTACT, NAME, WORDS, Checked, Kind, Outcome
from web.forms import Form

Words = Annotated[str, StringConstraints(max_length=WORDS)]


class AskForm(Form):
    """What is asked about one's own data."""

    kind: Kind
    words: Words = ""


class WindowForm(AskForm):
    """What somebody asks at the window; with the address of an account they read the answer there too."""

    name: Annotated[str, StringConstraints(max_length=NAME)]
    contact: Annotated[str, StringConstraints(max_length=CONTACT)]
    checked: Checked
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class AnswerForm(Form):
    """The answer, and why."""

    outcome: Outcome
    words: Words = ""
