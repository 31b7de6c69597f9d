"""Elections to several seats: enough people vote, a candidate wins by the rule's share and stands in the top N."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deliberation.ballot.committee import ANY, Composition, breaches
from deliberation.ballot.count import Tally
from deliberation.ballot.decide import Line, Outcome, Stage, doubts_about, lines_of
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.lot import drawn
from deliberation.ballot.papers import Box, Candidate, Office
from deliberation.ballot.rules import DecisionRule, Tie
from deliberation.ballot.shares import NOTHING, Weight


@dataclass(frozen=True, slots=True)
class Filled:
    """One office after the count: who won, how many seats stay open, and who stands for them again."""

    office: Office
    elected: tuple[Candidate, ...]
    again: tuple[Candidate, ...] = ()
    by_lot: bool = False

    @property
    def open_seats(self) -> int:
        """Return the seats nobody won."""
        return self.office.seats - len(self.elected)


@dataclass(frozen=True, slots=True)
class Result:
    """An election decided: the turnout lines, each candidate's lines, the offices, and what is doubtful."""

    outcome: Outcome
    turnout: tuple[Line, ...]
    candidates: Mapping[str, tuple[Line, ...]]
    offices: tuple[Filled, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def elect(
    box: Box,
    offices: Iterable[Office],
    candidates: Iterable[Candidate],
    rule: DecisionRule,
    *,
    sitting: Iterable[Candidate] = (),
    composition: Composition = ANY,
    on: date | None = None,
) -> Result:
    """Decide an election.

    Args:
        box: the count, by hand or from `papers.open_box`.
        offices: the posts to fill in this round.
        candidates: everybody who stands.
        rule: ``quorum`` is the turnout, ``approve`` what each candidate needs of those who voted.
        sitting: members who already hold a seat, as in a re-run; they count for the composition.
        composition: what the committee must look like together.
        on: the day of the vote; when given, the rule must be in force on it.

    Returns:
        UNDECIDABLE while anything is doubtful, NO_QUORUM when too few voted, REVOTE while a seat is open
        (too few winners, or a tie at the cut), else PASSED. On UNDECIDABLE for the composition alone the
        provisional winners are given; otherwise an undecided election names none.

    Source: 城市居民委员会组织法（2025）8、19 条.
    """
    names = list(candidates)
    turnout = lines_of(Stage.QUORUM, rule.quorum, _as_tally(box, rule, yes=NOTHING))
    lines = {c.key: lines_of(Stage.APPROVE, rule.approve, _as_tally(box, rule, yes=box.weight(c))) for c in names}
    if doubts := (*box.doubts, *doubts_about(rule, on), *_doubts_in(box)):
        return Result(Outcome.UNDECIDABLE, turnout, lines, doubts=doubts)
    if not all(line.met for line in turnout):
        return Result(Outcome.NO_QUORUM, turnout, lines)
    winners = {key for key, each in lines.items() if all(line.met for line in each)}
    filled = tuple(_fill(office, names, winners, box, rule) for office in offices)
    complete = not any(office.open_seats for office in filled)
    members = (*sitting, *(winner for office in filled for winner in office.elected))
    result = Result(Outcome.PASSED if complete else Outcome.REVOTE, turnout, lines, filled)
    if wrong := breaches(composition, members, complete=complete):
        return replace(result, outcome=Outcome.UNDECIDABLE, doubts=wrong)
    return result


def _as_tally(box: Box, rule: DecisionRule, *, yes: Weight) -> Tally:
    """Return one candidate's count as a tally: those who voted for somebody else are in the base."""
    return Tally(
        whole=Weight(box.entitled, box.whole_area),
        yes=yes,
        abstain=Weight(box.voted - yes.heads, box.voted_area - yes.area),
        invalid_participates=rule.invalid_participates,
    )


def _doubts_in(box: Box) -> Iterable[Doubt]:
    """Say whether the box cannot be right: more papers than were issued, more votes than voters."""
    if box.issued is not None and box.voted > box.issued:
        yield Doubt(Reason.TOO_MANY_PAPERS)
    if box.voted > box.entitled or not all(0 <= votes <= box.voted for votes in box.votes.values()):
        yield Doubt(Reason.OUTWEIGHS)
    if box.entitled == 0:
        yield Doubt(Reason.EMPTY_ROLL)


def _fill(office: Office, names: Iterable[Candidate], winners: set[str], box: Box, rule: DecisionRule) -> Filled:
    """Seat the best of the winners, equals as listed; whoever ties for the last seat stands again, or draws lots."""
    standing = sorted((c for c in names if c.office == office.key), key=lambda c: _listed(box.weight(c)))
    ranked = [candidate for candidate in standing if candidate.key in winners]
    if len(ranked) <= office.seats:
        left = tuple(candidate for candidate in standing if candidate.key not in winners)
        return Filled(office, tuple(ranked), left if len(ranked) < office.seats else ())
    clear, tied = _cut(ranked, office.seats, box)
    if len(clear) == office.seats:
        return Filled(office, clear)
    if rule.tie is not Tie.LOT or len({box.weight(candidate) for candidate in tied}) > 1:
        return Filled(office, clear, tied)
    by_key = {candidate.key: candidate for candidate in tied}
    lucky = drawn(f"{rule.lot_seed}|{office.key}", by_key)[: office.seats - len(clear)]
    return Filled(office, clear + tuple(by_key[key] for key in lucky), by_lot=True)


def _listed(weight: Weight) -> tuple[int, int]:
    return -weight.heads, -weight.area


def _cut(ranked: Sequence[Candidate], seats: int, box: Box) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return who has a seat for certain, and who ties for what is left.

    One is ahead of another by heads and by area alike; where the two disagree, neither is.
    """
    weights = [box.weight(candidate) for candidate in ranked]
    clear = tuple(
        c for c, own in zip(ranked, weights, strict=True) if sum(not _ahead(own, w) for w in weights) <= seats
    )
    tied = (c for c, own in zip(ranked, weights, strict=True) if sum(_ahead(w, own) for w in weights) < seats)
    return clear, tuple(candidate for candidate in tied if candidate not in clear)


def _ahead(one: Weight, other: Weight) -> bool:
    return one != other and one.heads >= other.heads and one.area >= other.area
