"""Elections to several seats: enough people vote, a candidate wins by the rule's share and stands in the top N."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from deliberation.ballot.committee import ANY, Composition, breaches
from deliberation.ballot.count import Tally
from deliberation.ballot.decide import Line, Outcome, Stage, doubts_about, lines_of
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.lot import drawn
from deliberation.ballot.papers import Box, Candidate, Office
from deliberation.ballot.rules import DecisionRule, Tie
from deliberation.ballot.shares import Weight


@dataclass(frozen=True, slots=True)
class Filled:
    """One office after the count: who won, how many seats stay open, and who stands for them again."""

    office: Office
    elected: tuple[Candidate, ...]
    again: tuple[Candidate, ...] = ()

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
    turnout = lines_of(Stage.QUORUM, rule.quorum, _as_tally(box, rule, yes=0))
    lines = {c.key: lines_of(Stage.APPROVE, rule.approve, _as_tally(box, rule, yes=_votes(box, c))) for c in names}
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


def _votes(box: Box, candidate: Candidate) -> int:
    return box.votes.get(candidate.key, 0)


def _as_tally(box: Box, rule: DecisionRule, *, yes: int) -> Tally:
    """Return one candidate's count as a tally: those who voted for somebody else are in the base."""
    return Tally(
        whole=Weight(box.entitled),
        yes=Weight(yes),
        abstain=Weight(box.voted - yes),
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
    standing = sorted((c for c in names if c.office == office.key), key=lambda c: -_votes(box, c))
    ranked = [candidate for candidate in standing if candidate.key in winners]
    if len(ranked) <= office.seats:
        left = tuple(candidate for candidate in standing if candidate.key not in winners)
        return Filled(office, tuple(ranked), left if len(ranked) < office.seats else ())
    cut = _votes(box, ranked[office.seats - 1])
    if _votes(box, ranked[office.seats]) < cut:
        return Filled(office, tuple(ranked[: office.seats]))
    clear = tuple(candidate for candidate in ranked if _votes(box, candidate) > cut)
    tied = {candidate.key: candidate for candidate in ranked if _votes(box, candidate) == cut}
    if rule.tie is not Tie.LOT:
        return Filled(office, clear, tuple(tied.values()))
    lucky = drawn(f"{rule.lot_seed}|{office.key}", tied)[: office.seats - len(clear)]
    return Filled(office, clear + tuple(tied[key] for key in lucky))
