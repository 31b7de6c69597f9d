"""Forms of the matter room."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deliberation.ballot.announcing import Plan
from deliberation.ballot.models import Channel, Precedence
from deliberation.ballot.rules import Tie
from deliberation.body.rules import Effect, Weight
from deliberation.body.thresholds import Request
from deliberation.matter.meaning import Change
from deliberation.matter.text import SENTENCE, TITLE, Text
from deliberation.question.asking import Asked
from deliberation.question.rules import NAME, NOTE, OPTIONS, SEATS, Kind, Method, Post, Side
from web.forms import Form

Title = Annotated[str, StringConstraints(min_length=TITLE[0], max_length=TITLE[1])]
Sentence = Annotated[str, StringConstraints(min_length=SENTENCE[0], max_length=SENTENCE[1])]
Words = Annotated[str, StringConstraints(min_length=4, max_length=2000)]


class TextForm(Form):
    """A proposal: a title, three sentences and, for those who want it, the whole."""

    title: Title
    what: Sentence
    cost: Sentence
    who: Sentence
    body: str = ""  # how long it may be, and how long it is, is said by deliberation/matter/text.py

    @property
    def text(self) -> Text:
        """Return the words as the domain knows them."""
        return Text(title=self.title, what=self.what, cost=self.cost, who=self.who, body=self.body)


class TypedForm(Form):
    """What stands in the sheet so far, however little."""

    title: Annotated[str, StringConstraints(max_length=200)] = ""
    what: Annotated[str, StringConstraints(max_length=400)] = ""


class DraftForm(TextForm):
    """A proposal and the meeting it is meant for."""

    meeting: int
    request: Request = Request.ORDINARY


class ReviseForm(TextForm):
    """New words, and what their author says they do."""

    change: Change = Change.WORDS


class ReadForm(Form):
    """Which version was read before a button was pressed."""

    version: int | None = None


class AmendmentForm(Form):
    """New words for one part of a text; none strike a paragraph."""

    part: Annotated[str, StringConstraints(max_length=8)]
    version: int
    words: str = ""
    reason: Words


class AnswerForm(Form):
    """What becomes of an amendment."""

    how: Literal["words", "meaning", "no"]
    answer: Annotated[str, StringConstraints(max_length=2000)] = ""


class ScreeningForm(Form):
    """Accepted, or sent back with reasons: to be mended, to mediation, or because it is somebody else's."""

    accepted: Annotated[str, StringConstraints(pattern="^(yes|no|mediation|other)$")]
    reasons: Annotated[str, StringConstraints(max_length=2000)] = ""


class StudyForm(Form):
    """When the party organisation studied the matter and what it thought."""

    held_on: date
    opinion: Words


class SittingForm(Form):
    """One session put on record."""

    held_on: date
    attended: Annotated[int, Field(gt=0, le=100_000)]
    minutes: Words
    consensus: Annotated[str, StringConstraints(max_length=2000)] = ""
    dissent: Annotated[str, StringConstraints(max_length=2000)] = ""


class AnnouncementForm(Form):
    """How a matter is put to the vote."""

    weight: Weight
    effect: Effect
    opens_on: date
    closes_on: date
    extend_days: int = 0
    channels: list[Channel] = Field(default_factory=lambda: list(Channel))
    precedence: Precedence = Precedence.LAST
    sides: tuple[Side, ...] = ()
    kind: Kind = Kind.YES_NO
    options: Annotated[str, StringConstraints(max_length=OPTIONS[1] * (NAME[1] + NOTE + 2))] = ""
    seats: Annotated[int, Field(ge=1, le=SEATS)] = 1
    post: Post | None = None
    method: Method = Method.RUN_OFF
    tie: Literal[Tie.REVOTE, Tie.LOT] = Tie.REVOTE

    @property
    def asked(self) -> Asked:
        """Return what is asked; what only other kinds need is left out."""
        seats = self.seats if self.kind in (Kind.SEATS, Kind.APPROVAL, Kind.SCORE) else 1
        tie = self.tie if self.kind is Kind.SEATS else Tie.REVOTE
        return Asked(kind=self.kind, lines=self.options, seats=seats, post=self.post, method=self.method, tie=tie)

    @property
    def plan(self) -> Plan:
        """Return the plan as the domain knows it."""
        return Plan(
            weight=self.weight,
            effect=self.effect,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            extend_days=self.extend_days,
            channels=tuple(self.channels),
            precedence=self.precedence,
            asked=self.asked,
            sides=frozenset(self.sides),
        )
