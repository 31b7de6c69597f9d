"""Reading questions and what candidates declared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from community.errors import Forbidden
from community.people.models import Person
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, Result
from deliberation.question.answers import Declared
from deliberation.question.asking import BAR
from deliberation.question.frozen import thaw
from deliberation.question.models import Candidacy
from deliberation.question.rules import Question


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
    last = await Result.filter(ballot__matter_id=matter_id).select_related("ballot").order_by("-id").first()
    if last is None or last.outcome is not Outcome.REVOTE or (question := question_of(last.ballot)) is None:
        return Again()
    found = json.loads(last.decision)["answer"]
    stand = [option for option in question.options if option.key in found["again"]]
    lines = "\n".join(f"{each.name}{BAR}{each.note}" if each.note else each.name for each in stand)
    return Again(lines, found["open_seats"], question.post or "")


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
    return {row.key: Declared(bool(row.woman), frozenset(filter(None, row.kin.split(",")))) for row in rows}


async def own(ballot_id: int, person: Person) -> Candidacy:
    """Return the candidacy of ``person``, or raise `Forbidden`."""
    found = await Candidacy.get_or_none(ballot_id=ballot_id, person_id=person.id).select_related("person")
    if found is None:
        raise Forbidden("您不是这次选举的候选人。您是候选人的话，请让居委会登记您的邮箱。")
    return found
