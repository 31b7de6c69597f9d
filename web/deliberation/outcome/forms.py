"""Forms of the outcome room."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints
from starlette.datastructures import UploadFile

from deliberation.matter.states import Actor
from deliberation.outcome.judging import SAID
from deliberation.outcome.rules import NOTE_DAYS, STEPS, WORDS, Outline, Step
from web.forms import Form
from web.words import N_

YUAN: Final = re.compile(r"(\d{1,10})(?:\.(\d{1,2}))?")
LINE: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s+(\S.*)")


def fen(typed: str) -> str:
    """Return what was typed when it is an amount in yuan, or say how to write one."""
    if not YUAN.fullmatch(typed.replace(",", "").strip()):
        raise ValueError(N_("金额请写成元，例如 86000 或 86000.50。"))
    return typed


def in_fen(typed: str) -> int:
    """Return an amount typed in yuan as fen, exactly.

    >>> in_fen("86,000.5")
    8600050
    """
    found = YUAN.fullmatch(typed.replace(",", "").strip())
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0


def steps_of(typed: str) -> list[Step]:
    """Return the steps of a plan, one a line: a date, a blank, what is done.

    Raises:
        ValueError: a line is not written like that.
    """
    try:
        return [_step(line.strip()) for line in typed.splitlines() if line.strip()]
    except ValueError as why:
        raise ValueError(N_("一行写一步：日期，空一格，再写做什么，例如 2026-07-10 拆掉旧车棚。")) from why


def _step(line: str) -> Step:
    found = LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return Step(found[2], _day(found[1]))


def _day(typed: str) -> date:
    year, month, day = typed.split("-")
    return date(int(year), int(month), int(day))


def readable(typed: str) -> str:
    """Return what was typed when its lines are steps."""
    steps_of(typed)
    return typed


Words = Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]
Yuan = Annotated[str, StringConstraints(max_length=20), AfterValidator(fen)]
Lines = Annotated[str, StringConstraints(max_length=STEPS * 80), AfterValidator(readable)]


class PlanForm(Form):
    """A plan: unit, leader, money in yuan, the last day, steps one a line, and why it changes."""

    org: int
    lead: int
    budget: Yuan
    due_on: date
    steps: Lines = ""
    why: Annotated[str, StringConstraints(max_length=WORDS[1])] = ""

    @property
    def outline(self) -> Outline:
        """Return it as the domain knows it."""
        return Outline(
            org_id=self.org,
            lead_id=self.lead,
            budget=in_fen(self.budget),
            due_on=self.due_on,
            steps=steps_of(self.steps),
            why=self.why,
        )


class StepForm(Form):
    """One step done: what was done, for how much, and the proof."""

    note: Words
    spent: Yuan = "0"
    file: list[UploadFile] = Field(default_factory=list)


class ReportForm(Form):
    """The whole is done."""

    words: Words
    file: list[UploadFile] = Field(default_factory=list)


class EvaluationForm(Form):
    """How good it is."""

    score: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, StringConstraints(max_length=SAID)] = ""


class PublicationNoteForm(Form):
    """A supervision note about a publication; it goes to the clerk."""

    words: Words
    days: Annotated[int, Field(ge=NOTE_DAYS[0], le=NOTE_DAYS[-1])]


class NoteForm(PublicationNoteForm):
    """A supervision note about a matter, and the office it goes to."""

    office: Actor


class NoteAnswerForm(Form):
    """The answer of an office."""

    words: Words
