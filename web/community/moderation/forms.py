"""The forms of this room."""

from typing import Annotated, Literal

from pydantic import Field

from community.moderation.rules import WORDS, Reason, Verdict
from web.forms import Form

Words = Annotated[str, Field(max_length=WORDS)]


class ReportForm(Form):
    """What somebody thinks is wrong with something."""

    about: str = Field(max_length=64)
    reason: Reason
    words: Words = ""


class DecideForm(Form):
    """What a moderator decides about something reported."""

    about: str = Field(max_length=64)
    verdict: Verdict
    reason: Reason | None = None
    words: Words = ""
    link: str = Field(default="", max_length=300)
    document: str = Field(default="", max_length=80)


class LookForm(Form):
    """What a moderator wants to read without the mask."""

    about: str = Field(max_length=64)


class SecondForm(Form):
    """Whether the second person agrees."""

    agree: Literal["yes", "no"]


class AppealForm(Form):
    """Why the author disagrees."""

    words: Words


class AnswerForm(Form):
    """What becomes of an appeal, and why."""

    restore: Literal["yes", "no"]
    words: Words
