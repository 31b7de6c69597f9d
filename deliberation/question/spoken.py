"""What each head said in the end, where there is more to choose than yes and no. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from community.errors import Unfit
from deliberation.ballot.heads import denominators
from deliberation.ballot.roll import Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Weight
from deliberation.ballot.votes import Choice, Said, Vote, said, standing
from deliberation.question.frozen import thaw
from deliberation.question.marks import Marks, check, marks_of, sound, text_of
from deliberation.question.rules import Kind, Question


@dataclass(frozen=True, slots=True)
class Spoken:
    """The paper that counts for one head: what the head weighs and what it marked, nothing when it abstained."""

    head: str
    weight: Weight
    marks: Marks


def checked(question: Question, votes: Iterable[Vote]) -> list[Vote]:
    """Return the votes, those whose paper is void found invalid (所选人数多于席位的整张作废)."""
    return [replace(vote, valid=vote.valid and sound(question, marks_of(vote.marks))) for vote in votes]


def choice_of(marks: Marks) -> Choice:
    """Return what a paper with these marks counts as towards the quorum."""
    return Choice.YES if marks else Choice.ABSTAIN


def stored(said: Choice | Marks) -> tuple[Choice, str]:
    """Return what is kept of what somebody said, whether or not it would count; `told` reads it back."""
    return (said, "") if isinstance(said, Choice) else (choice_of(said), text_of(said))


def told(choice: Choice, marks: str) -> Choice | Marks:
    """Return what somebody said from what is kept of it."""
    return marks_of(marks) if marks else choice


def expressed(kind: Kind, question_json: str, said: Choice | Marks) -> tuple[Choice, str]:
    """Return what is stored of a paper: its choice towards the quorum, and the text of its marks.

    Raises:
        Unfit: the ballot asks for something else, or the paper would be void.
    """
    if isinstance(said, Choice) and kind is Kind.YES_NO:
        return said, ""
    if isinstance(said, Choice) or kind is Kind.YES_NO:
        raise Unfit("这次表决不是这样问的，请刷新页面再投。", field="mark")
    check(thaw(question_json), said)
    return stored(said)


def last_words(roll: Roll, votes: Iterable[Vote], rule: DecisionRule) -> tuple[Spoken, ...]:
    """Return the paper that counts of every head that has one; heads whose owners differ are left out as held."""
    everybody = denominators(roll, rule)
    piles: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.head in everybody.known_as:
            piles[everybody.known_as[vote.head].key].append(vote)
    found = []
    for head in everybody.heads:
        pile = piles.get(head.key, [])
        if pile and said(head, pile) in (Said.YES, Said.ABSTAIN):
            last = next(vote for vote in standing(head, pile) if vote.valid)
            found.append(Spoken(head.key, head.weight, marks_of(last.marks)))
    return tuple(found)
