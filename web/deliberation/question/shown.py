"""A question, its papers and its answer, as pages show them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deliberation.ballot.certify import canonical
from deliberation.ballot.decide import Line
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.frozen import line_from
from deliberation.ballot.frozen import thaw as rule_of
from deliberation.ballot.models import Ballot, Result
from deliberation.ballot.rules import Tie
from deliberation.ballot.votes import Choice
from deliberation.question.answers import Answer
from deliberation.question.marks import marks_of, rows
from deliberation.question.queries import question_of
from deliberation.question.rules import BEST, OPINIONS, Kind, Method, Question
from web.deliberation.ballot.words import WORDS as CHOICES
from web.deliberation.question.words import ASKS, COUNTS, HEADS


@dataclass(frozen=True, slots=True)
class Sheet:
    """The voting paper of a ballot."""

    question: Question
    tie: Tie
    seed: str

    @property
    def kind(self) -> Kind:
        """Return what kind of question it is."""
        return self.question.kind

    @property
    def opinion(self) -> bool:
        """Return whether it only asks what people think."""
        return self.kind in OPINIONS

    @property
    def asks(self) -> str:
        """Return how to fill it in, a message id with ``{n}``."""
        return ASKS[self.kind]

    @property
    def counts(self) -> str:
        """Return how it is counted, a message id with ``{n}``."""
        return COUNTS[self.kind]

    @property
    def numbers(self) -> list[int]:
        """Return what may be written beside an option: points, or ranks."""
        return list(range(BEST, -1, -1)) if self.kind is Kind.SCORE else list(range(1, len(self.question.options) + 1))

    @property
    def contested(self) -> bool:
        """Return whether more people stand than there are seats (差额)."""
        return len(self.question.options) > self.question.seats

    def filled(self, typed: object) -> Mapping[str, str]:
        """Return what was typed for each option."""
        return rows(self.question, typed if isinstance(typed, list | tuple) else [typed] if typed else [])

    def spelled(self, marks: str) -> list[tuple[str, int]]:
        """Return the options a paper names with their numbers, ranks in their order."""
        found = marks_of(marks)
        order = sorted(found, key=found.__getitem__) if self.kind is Kind.RANKED else self.question.keys
        return [(self.question.name(key), found[key]) for key in order if key in found]


def sheet_of(ballot: Ballot) -> Sheet | None:
    """Return the paper of a ballot; None where it asks for yes, no or abstain."""
    question = question_of(ballot)
    rule = rule_of(ballot.rule_json) if question else None
    return Sheet(question, rule.tie, rule.lot_seed) if question and rule else None


@dataclass(frozen=True, slots=True)
class Words:
    """What one paper says: its choice, or its marks."""

    choice: Choice
    marks: str


def words_of(ballot: Ballot, said: str) -> Words:
    """Return what is kept of a paper as the two parts that pages spell out."""
    plain = ballot.kind is Kind.YES_NO
    return Words(Choice(said) if plain else Choice.ABSTAIN, "" if plain else said)


def side_rows(ballot: Ballot) -> list[tuple[str, str]]:
    """Return what the sides of a ballot said something about: its options, or yes, no and abstain as message ids."""
    question = question_of(ballot)
    if question is None:
        return [(choice.value, CHOICES[choice]) for choice in Choice]
    return [(option.key, option.name) for option in question.options]


def head_of(ballot: Ballot) -> str:
    """Return what a ballot asks, a message id with ``{title}``."""
    return HEADS[ballot.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One option after the count; ``average`` are exact points, as text."""

    name: str
    note: str
    heads: int
    area: int
    points: int
    average: str
    spread: list[int]
    lines: list[Line]
    won: bool
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the papers answered."""

    papers: int
    rows: list[Row]
    winners: list[str]
    again: list[str]
    open_seats: int
    by_lot: bool
    wrong: list[Doubt]
    rounds: list[list[int | None]]
    leaves: list[tuple[str, bool]]
    matrix: list[list[int | None]]
    names: list[str]
    order: list[str]
    condorcet: str
    other: str


def told_in(sheet: Sheet, result: Result) -> Told:
    """Read the answer of a stored result."""
    return _told(sheet.question, json.loads(result.decision)["answer"])


def told_by(sheet: Sheet, answer: Answer) -> Told:
    """Read an answer that was only just counted."""
    return _told(sheet.question, json.loads(canonical(answer)))


def _other(question: Question, found: dict[str, Any]) -> str:
    """Return whom the way of counting that was not announced names, when it names somebody else."""
    if question.kind is not Kind.RANKED or not found["rounds"]:
        return ""
    last = found["rounds"][-1]
    standing = {key: votes for key, votes in last["votes"].items() if key != last["leaves"]}
    named = found["order"][0] if question.method is Method.RUN_OFF else max(standing, key=standing.__getitem__)
    return "" if named in found["winners"] else question.name(named)


def _told(question: Question, found: dict[str, Any]) -> Told:
    order = [one["key"] for one in found["standings"]]
    return Told(
        papers=found["papers"],
        rows=[_row(question, one, found) for one in found["standings"]],
        winners=[question.name(key) for key in found["winners"]],
        again=[question.name(key) for key in found["again"]],
        open_seats=found["open_seats"],
        by_lot=found["by_lot"],
        wrong=[Doubt(Reason(each["reason"]), tuple(each["which"])) for each in found["wrong"]],
        rounds=[[each["votes"].get(key) for each in found["rounds"]] for key in order],
        leaves=[(question.name(each["leaves"]), each["by_lot"]) for each in found["rounds"] if each["leaves"]],
        matrix=_matrix(order, found["pairs"]),
        names=[question.name(key) for key in order],
        order=[question.name(key) for key in found["order"]],
        condorcet=question.name(found["condorcet"]) if found["condorcet"] else "",
        other=_other(question, found),
    )


def _row(question: Question, one: dict[str, Any], found: dict[str, Any]) -> Row:
    option = next(each for each in question.options if each.key == one["key"])
    return Row(
        name=option.name,
        note=option.note,
        heads=one["weight"]["heads"],
        area=one["weight"]["area"],
        points=one["points"],
        average=_decimal(Fraction(one["points"], found["papers"])) if found["papers"] else "",
        spread=one["spread"],
        lines=[line_from(each) for each in one["lines"]],
        won=one["key"] in found["winners"],
        again=one["key"] in found["again"],
    )


def _decimal(value: Fraction) -> str:
    """Return a fraction with two places, halves up.

    >>> _decimal(Fraction(10, 3))
    '3.33'
    """
    hundredths = (value * 200 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _matrix(order: list[str], pairs: list[list[Any]]) -> list[list[int | None]]:
    if not pairs:
        return []
    found = {(a, b): n for a, b, n in pairs}
    return [[None if a == b else found.get((a, b), 0) for b in order] for a in order]
