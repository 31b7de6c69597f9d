"""What the papers of a question add up to: who is elected and why, or what people think. Pure, exact, deterministic.

Law: 城市居民委员会组织法（2025）8、19 条 (over half, then the top N; a woman, no close relatives), 民法典 278 条.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deliberation.ballot.committee import breaches
from deliberation.ballot.count import Tally
from deliberation.ballot.decide import Line, Outcome
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.election import Filled, elect
from deliberation.ballot.lot import drawn
from deliberation.ballot.papers import Box, Candidate, Office
from deliberation.ballot.ranked import Round, condorcet, pairwise, ranking, run_off, schulze
from deliberation.ballot.rules import DecisionRule
from deliberation.ballot.shares import Part, Weight
from deliberation.question.marks import ranking_of
from deliberation.question.rules import BEST, Kind, Method, Question
from deliberation.question.spoken import Spoken

OFFICE: Final = "seat"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a candidate said of themselves; ``kin`` are the numbers of close relatives who stand too."""

    woman: bool
    kin: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One option after the count.

    ``weight`` are those who marked it, ``points`` what a scoring added up to, ``spread`` how many gave 0, 1 … 5.
    ``lines`` are the shares that a winner needs, with their articles.
    """

    key: str
    weight: Weight
    points: int = 0
    lines: tuple[Line, ...] = ()
    spread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the papers say: the options in the order of the result, and who won.

    ``again`` stand again for the ``open_seats``; ``by_lot`` says that the published lot decided a tie. ``wrong`` is
    what the law has against the winners together. ``rounds``, ``pairs`` (a, b, how many rank a before b), ``order`` (by
    strongest paths) and ``condorcet`` (who beats everybody, if anybody does) belong to rankings.
    """

    papers: int
    standings: tuple[Standing, ...]
    winners: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    open_seats: int = 0
    by_lot: bool = False
    wrong: tuple[Doubt, ...] = ()
    rounds: tuple[Round, ...] = ()
    pairs: tuple[tuple[str, str, int], ...] = ()
    order: tuple[str, ...] = ()
    condorcet: str | None = None


def answer(
    question: Question,
    tally: Tally,
    spoken: Sequence[Spoken],
    rule: DecisionRule,
    declared: Mapping[str, Declared] | None = None,
) -> tuple[Outcome, Answer]:
    """Return what the papers decide and how; the caller looks after what is doubtful in the tally itself.

    Args:
        question: what was asked.
        tally: the papers counted as taking part; it gives the base.
        spoken: the paper that counts of each head.
        rule: the rule frozen with the ballot; its seed draws the lots.
        declared: what candidates declared, by number.
    """
    said = [each for each in spoken if each.marks]
    if question.kind in (Kind.SINGLE, Kind.SEATS):
        return _elected(question, tally, said, rule, declared or {})
    count = _ranked if question.kind is Kind.RANKED else _top
    return (Outcome.ANSWERED if said else Outcome.NO_QUORUM), count(question, said, rule.lot_seed)


def _elected(
    question: Question, tally: Tally, said: Sequence[Spoken], rule: DecisionRule, declared: Mapping[str, Declared]
) -> tuple[Outcome, Answer]:
    """Elect: over half of those who took part, then the most votes for as many as there are seats."""
    names = [_candidate(option.key, declared) for option in question.options]
    result = elect(_box(tally, said), [Office(OFFICE, question.seats)], names, rule)
    filled = result.offices[0] if result.offices else Filled(Office(OFFICE, question.seats), ())
    weights = _weights(question, said)
    stands = [Standing(key=key, weight=weights[key], lines=result.candidates[key]) for key in question.keys]
    outcome = Outcome.REJECTED if _nobody(question, result.outcome) else result.outcome
    return outcome, Answer(
        papers=len(said),
        standings=_in_order(stands, [each.key for each in filled.elected]),
        winners=tuple(each.key for each in filled.elected),
        again=tuple(each.key for each in filled.again),
        open_seats=filled.open_seats,
        by_lot=filled.by_lot,
        wrong=_wrong(question, filled, declared),
    )


def _nobody(question: Question, outcome: Outcome) -> bool:
    """Return whether no plan was chosen; plans, unlike seats, are not voted again by themselves."""
    return question.kind is Kind.SINGLE and outcome is Outcome.REVOTE


def _candidate(key: str, declared: Mapping[str, Declared]) -> Candidate:
    own = declared.get(key)
    return Candidate(key=key, office=OFFICE, woman=bool(own and own.woman), kin=own.kin if own else frozenset())


def _box(tally: Tally, said: Sequence[Spoken]) -> Box:
    votes: dict[str, Weight] = {}
    for each in said:
        votes |= {key: votes.get(key, Weight()) + each.weight for key in each.marks}
    base = tally.part(Part.TAKING_PART)
    return Box(
        entitled=tally.whole.heads,
        voted=base.heads,
        votes={key: weight.heads for key, weight in votes.items()},
        doubts=tally.doubts,
        whole_area=tally.whole.area,
        voted_area=base.area,
        areas={key: weight.area for key, weight in votes.items()},
    )


def _weights(question: Question, said: Sequence[Spoken]) -> dict[str, Weight]:
    return {key: sum((each.weight for each in said if key in each.marks), Weight()) for key in question.keys}


def _in_order(stands: Iterable[Standing], first: Sequence[str]) -> tuple[Standing, ...]:
    """Return the winners first, then by what they got, equals as on the paper."""
    order = {key: number for number, key in enumerate(first)}
    return tuple(
        sorted(
            stands, key=lambda one: (order.get(one.key, len(order)), -one.points, -one.weight.heads, -one.weight.area)
        )
    )


def _wrong(question: Question, filled: Filled, declared: Mapping[str, Declared]) -> tuple[Doubt, ...]:
    """Return what the law has against the winners and those who sit already, together and by name.

    Who did not declare is named when that matters.
    """
    rule = question.composition
    if not (rule.woman or rule.kin_apart) or not filled.elected:
        return ()
    seated = [*filled.elected, *(_candidate(each.key, declared) for each in question.sitting)]
    silent = tuple(question.name(each.key) for each in seated if each.key not in declared)
    members = [_by_name(question, each) for each in seated]
    wrong = breaches(rule, members, complete=not filled.open_seats)
    unclear = bool(silent) and (rule.kin_apart or any(each.reason is Reason.NO_WOMAN for each in wrong))
    sure = tuple(each for each in wrong if not (unclear and each.reason is Reason.NO_WOMAN))
    return (*sure, *([Doubt(Reason.UNDECLARED, silent)] if unclear else []))


def _by_name(question: Question, one: Candidate) -> Candidate:
    return replace(one, key=question.name(one.key), kin=frozenset(question.name(key) for key in one.kin))


def _top(question: Question, said: Sequence[Spoken], seed: str) -> Answer:
    """Rank by marks or by points; equals stand in the order of the lot. Whoever gave no points gave 0."""
    scored = question.kind is Kind.SCORE
    weights = _weights(question, said)
    stands = [
        Standing(
            key=key,
            weight=weights[key],
            points=_points(key, said) if scored else weights[key].heads,
            spread=_spread(key, said) if scored else (),
        )
        for key in drawn(seed, question.keys)
    ]
    listed = sorted(stands, key=lambda one: -one.points)
    best = [one for one in listed[: question.seats] if one.points]
    cut = best[-1].points if best else 0
    left = [one for one in listed[question.seats :] if one.points == cut]
    return Answer(
        papers=len(said),
        standings=tuple(listed),
        winners=tuple(one.key for one in best),
        by_lot=bool(best and left),
    )


def _points(key: str, said: Sequence[Spoken]) -> int:
    return sum(each.marks.get(key, 0) * each.weight.heads for each in said)


def _spread(key: str, said: Sequence[Spoken]) -> tuple[int, ...]:
    given = [each.marks.get(key, 0) for each in said]
    return tuple(given.count(points) for points in range(BEST + 1))


def _ranked(question: Question, said: Sequence[Spoken], seed: str) -> Answer:
    """Count rankings in both ways; the method that was announced names the winner."""
    ballots = [ranking(*ranking_of(each.marks), count=each.weight.heads) for each in said]
    rounds = run_off(ballots, question.keys, seed=seed)
    pairs = pairwise(ballots, question.keys)
    order = schulze(pairs, question.keys, seed=seed)
    won = rounds.winner if question.method is Method.RUN_OFF else order[0] if said else None
    firsts = _weights(question, [replace(each, marks={ranking_of(each.marks)[0]: 1}) for each in said])
    stands = [Standing(key=key, weight=firsts[key]) for key in order]
    return Answer(
        papers=len(said),
        standings=_in_order(stands, [won] if won else []),
        winners=(won,) if won else (),
        by_lot=any(each.by_lot for each in rounds.rounds) and question.method is Method.RUN_OFF,
        rounds=rounds.rounds,
        pairs=tuple((a, b, n) for (a, b), n in sorted(pairs.items())),
        order=order,
        condorcet=condorcet(pairs, question.keys) if said else None,
    )
