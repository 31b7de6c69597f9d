"""The count: the piles of yes, no, abstentions and spoilt papers, and who was reached but stayed silent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.heads import Denominators, denominators
from deliberation.ballot.roll import Delivery, How, Key, Roll
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import NOTHING, Part, Weight
from deliberation.ballot.silence import is_served, joins
from deliberation.ballot.votes import Choice, Said, Vote, said, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One question counted. Piles hold what was expressed; ``silent`` was served and returned nothing.

    ``silent_as`` is the pile that the silent join under the rule, None when they are in no base.
    ``refused`` are heads that refused delivery and did not vote; ``superseded`` counts replaced ballots.
    """

    whole: Weight
    yes: Weight = NOTHING
    no: Weight = NOTHING
    abstain: Weight = NOTHING
    invalid: Weight = NOTHING
    silent: Weight = NOTHING
    silent_as: Choice | None = None
    invalid_participates: bool = True
    question: str = ""
    refused: tuple[str, ...] = ()
    superseded: int = 0
    doubts: tuple[Doubt, ...] = ()

    def part(self, part: Part) -> Weight:
        """Return the weight that a line of the rule asks for."""
        match part:
            case Part.ALL:
                return self.whole
            case Part.YES:
                return self.yes + self._joined(Choice.YES)
            case Part.NO:
                return self.no + self._joined(Choice.NO)
            case Part.TAKING_PART:
                return self._taking_part()

    def _joined(self, choice: Choice) -> Weight:
        return self.silent if self.silent_as is choice else NOTHING

    def _taking_part(self) -> Weight:
        spoilt = self.invalid if self.invalid_participates else NOTHING
        silent = self.silent if self.silent_as else NOTHING
        return self.yes + self.no + self.abstain + spoilt + silent


def tally(
    roll: Roll,
    deliveries: Iterable[Delivery],
    votes: Iterable[Vote],
    rule: DecisionRule,
    *,
    question: Key | None = None,
) -> Tally:
    """Count one question. The order of deliveries and votes does not matter.

    Args:
        roll: the frozen roll.
        deliveries: every attempt to reach a head, and attendance at a meeting.
        votes: every ballot returned, superseded ones included; those on other questions are left out.
        rule: the rule frozen with the ballot.
        question: the question's key; None when all votes are on one question.

    Returns:
        The piles. Anything that cannot be counted is in ``doubts`` and makes the outcome undecidable.

    Raises:
        ValueError: the votes are on several questions and none was named.
    """
    everybody = denominators(roll, rule)
    asked = _about(votes, question)
    sent = list(deliveries)
    by_head, strangers = _sorted(everybody, asked)
    strangers |= {delivery.head for delivery in sent if delivery.head not in everybody.known_as}
    final = {head.key: said(head, by_head[head.key]) for head in everybody.heads if head.key in by_head}
    counted = _piles(everybody, final, _served(everybody, sent, rule))
    joined, unclear = joins(rule, yes=counted.yes, no=counted.no, abstain=counted.abstain, silent=counted.silent)
    held = tuple(key for key, word in final.items() if word is Said.HELD)
    return replace(
        counted,
        question="" if question is None else str(question),
        silent_as=joined,
        invalid_participates=rule.invalid_participates,
        refused=_refused(everybody, sent, final),
        superseded=sum(len(pile) - len(standing(everybody.known_as[key], pile)) for key, pile in by_head.items()),
        doubts=everybody.doubts + _doubts(strangers, held) + unclear,
    )


def by_hand(rule: DecisionRule, *, whole: int, present: int, yes: int, no: int = 0) -> Tally:
    """Return the tally of raised hands: who is present and shows neither yes nor no abstains."""
    abstain = present - yes - no
    if min(abstain, yes, no, whole - present) < 0:
        return Tally(whole=Weight(whole), doubts=(Doubt(Reason.OUTWEIGHS),))
    return Tally(
        whole=Weight(whole),
        yes=Weight(yes),
        no=Weight(no),
        abstain=Weight(abstain),
        invalid_participates=rule.invalid_participates,
    )


def _about(votes: Iterable[Vote], question: Key | None) -> list[Vote]:
    """Return the votes on one question."""
    cast = list(votes)
    if question is not None:
        return [vote for vote in cast if str(vote.question) == str(question)]
    if len({str(vote.question) for vote in cast}) > 1:
        raise ValueError("votes on several questions: say which one to count")
    return cast


def _sorted(everybody: Denominators, votes: Iterable[Vote]) -> tuple[dict[str, list[Vote]], set[str]]:
    """Put every vote with its head; name the strangers."""
    piles: dict[str, list[Vote]] = defaultdict(list)
    strangers = set()
    for vote in votes:
        head = everybody.known_as.get(vote.head)
        if head is None or not (vote.by is None or str(vote.by) in head.owners):
            strangers.add(vote.voice)
        else:
            piles[head.key].append(vote)
    return piles, strangers


def _served(everybody: Denominators, sent: Iterable[Delivery], rule: DecisionRule) -> set[str]:
    """Return the heads that were served as the rule asks."""
    return {everybody.known_as[d.head].key for d in sent if d.head in everybody.known_as and is_served(d, rule)}


def _piles(everybody: Denominators, final: Mapping[str, Said], served: set[str]) -> Tally:
    """Add up each pile by heads and by area."""
    heads: dict[str, int] = defaultdict(int)
    areas: dict[str, int] = defaultdict(int)
    for head in everybody.heads:
        word = final.get(head.key) or ("silent" if head.key in served else "absent")
        heads[word] += head.weight.heads
        areas[word] += head.weight.area
    return Tally(
        whole=everybody.whole,
        yes=Weight(heads["yes"], areas["yes"]),
        no=Weight(heads["no"], areas["no"]),
        abstain=Weight(heads["abstain"], areas["abstain"]),
        invalid=Weight(heads["invalid"], areas["invalid"]),
        silent=Weight(heads["silent"], areas["silent"]),
    )


def _refused(everybody: Denominators, sent: Iterable[Delivery], final: Mapping[str, Said]) -> tuple[str, ...]:
    heads = {everybody.known_as[d.head].key for d in sent if d.how is How.REFUSED and d.head in everybody.known_as}
    return tuple(sorted(heads - final.keys()))


def _doubts(strangers: set[str], held: tuple[str, ...]) -> tuple[Doubt, ...]:
    found = ((Reason.STRANGER, tuple(sorted(strangers))), (Reason.HELD, held))
    return tuple(Doubt(reason, which) for reason, which in found if which)
