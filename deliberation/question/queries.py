"""Reading questions and what candidates declared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from community.errors import Forbidden
from community.people.models import Person
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.question.answers import Declared
from deliberation.question.asking import BAR
from deliberation.question.frozen import thaw
from deliberation.question.models import Candidacy
from deliberation.question.rules import Post, Question


def question_of(ballot: Ballot) -> Question | None:
    """Return what a ballot asks; None when it asks for yes, no or abstain."""
    return thaw(ballot.question_json) if ballot.question_json else None


@dataclass(frozen=True, slots=True)
class Again:
    """What a vote that left seats open hands on: who stands again, one a line, for how many seats, to what post."""

    lines: str = ""
    seats: int = 1
    post: str = ""


async def again_of(matter_id: int) -> Again:
    """Return what is to be voted again on a matter; nothing where its last ballot left no seat open."""
    last = await _left_open(matter_id)
    if last is None or (question := question_of(last.ballot)) is None:
        return Again()
    found = json.loads(last.decision)["answer"]
    stand = [option for option in question.options if option.key in found["again"]]
    lines = "\n".join(f"{each.name}{BAR}{each.note}" if each.note else each.name for each in stand)
    return Again(lines, found["open_seats"], question.post or "")


async def _left_open(matter_id: int) -> Result | None:
    """Return the last result of a matter that stands, if it left seats open."""
    stands = Result.filter(ballot__matter_id=matter_id).exclude(ballot__state=BallotState.VOID)
    last = await stands.select_related("ballot").order_by("-id").first()
    return last if last and last.outcome is Outcome.REVOTE else None


async def sitting(matter_id: int, post: Post | None) -> list[str]:
    """Return who was elected to a post on a matter in the rounds before, while seats of it are open."""
    last = await _left_open(matter_id) if post else None
    question = question_of(last.ballot) if last else None
    if last is None or question is None or question.post is not post:
        return []
    won = json.loads(last.decision)["answer"]["winners"]
    return [*(each.name for each in question.sitting), *(question.name(key) for key in won)]


async def candidacies(ballot_id: int) -> list[Candidacy]:
    """Return the candidates who have something to declare, in the order of the paper."""
    rows = await Candidacy.filter(ballot_id=ballot_id).select_related("person")
    return sorted(rows, key=lambda row: int(row.key))


async def declared(ballot: Ballot) -> Mapping[str, Declared]:
    """Return what was declared, by number, where the law asks for it; kin holds in both directions."""
    question = question_of(ballot)
    if question is None or not question.composition.source:
        return {}
    rows = await Candidacy.filter(ballot_id=ballot.id).exclude(declared_at=None)
    found = {row.key: Declared(bool(row.woman), _kin(row)) for row in rows}
    return _with_sitting(question, found, await _before(ballot)) if question.sitting else found


def _kin(row: Candidacy) -> frozenset[str]:
    return frozenset(filter(None, row.kin.split(",")))


async def _before(ballot: Ballot) -> dict[str, tuple[bool, frozenset[str]]]:
    """Return what was declared in the rounds before, all of it by name."""
    rows = Candidacy.filter(ballot__matter_id=ballot.matter_id, ballot_id__lt=ballot.id).exclude(declared_at=None)
    found: dict[str, tuple[bool, frozenset[str]]] = {}
    for row in await rows.select_related("ballot").order_by("ballot_id"):
        question = thaw(row.ballot.question_json)
        found[question.name(row.key)] = bool(row.woman), frozenset(question.name(key) for key in _kin(row))
    return found


def _with_sitting(
    question: Question, found: dict[str, Declared], before: Mapping[str, tuple[bool, frozenset[str]]]
) -> Mapping[str, Declared]:
    """Return what was declared, with what those who sit already had said when they stood."""
    keys = {each.name: each.key for each in (*question.options, *question.sitting)}
    for each in question.sitting:
        if each.name in before:
            woman, kin = before[each.name]
            found[each.key] = Declared(woman, frozenset(keys[name] for name in kin if name in keys))
    return found


async def own(ballot_id: int, person: Person) -> Candidacy:
    """Return the candidacy of ``person``, or raise `Forbidden`."""
    found = await Candidacy.get_or_none(ballot_id=ballot_id, person_id=person.id).select_related("person")
    if found is None:
        raise Forbidden("您不是这次选举的候选人。您是候选人的话，请让居委会登记您的邮箱。")
    return found
