"""Forms of the calls room."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from deliberation.calls.rules import WORDS
from web.forms import Form

Words = Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]


class WhistleForm(Form):
    """Departments called, with a question and the day by which they report back."""

    org: Annotated[list[str], Field(min_length=1, max_length=50)]
    question: Words
    due_on: date


class AskForm(Form):
    """An office asked for its official answer."""

    office: Annotated[str, StringConstraints(max_length=24)]
    wanted: Words


class AnswerForm(Form):
    """What an office answers."""

    words: Words
