"""The forms of this room."""

from typing import Annotated, Literal

from pydantic import Field

from community.moderation.rules import BATCH, WORDS, Reason, Verdict
from web.forms import Form

Words = Annotated[str, Field(max_length=WORDS)]
Subject = Annotated[str, Field(max_length=64)]


class ReportForm(Form):
    """What somebody thinks is wrong with something."""

    about: Subject
    reason: Reason
    words: Words = ""


class DecideForm(Form):
    """What a moderator decides about something."""

    about: Subject
    verdict: Verdict
    reason: Reason | None = None
    words: Words = ""
    conceal: Words = ""
    target: int | None = Field(default=None, gt=0, lt=2**31)
    link: str = Field(default="", max_length=300)
    document: str = Field(default="", max_length=80)


class LookForm(Form):
    """What a moderator wants to take, give back, or read without the mask."""

    about: Subject


class BatchForm(Form):
    """Which pieces of spam to hide together, and the word to their authors."""

    about: Subject
    subjects: list[Subject] = Field(default=[], max_length=BATCH)
    words: Words = ""


class LimitForm(Form):
    """Why somebody's reporting is limited."""

    about: Subject
    words: Words = ""


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
