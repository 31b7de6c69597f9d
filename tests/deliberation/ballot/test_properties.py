"""What must hold for every roll and every set of votes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.ballot.certify import certify
from deliberation.ballot.count import tally
from deliberation.ballot.decide import Decision, Outcome, Stage, decide
from deliberation.ballot.heads import denominators
from deliberation.ballot.roll import Delivery, Electorate, Entry, How, Kind, Roll
from deliberation.ballot.rules import DecisionRule, HeadKey, Participation, Silence
from deliberation.ballot.shares import Weight
from deliberation.ballot.simulate import shortfall
from deliberation.ballot.votes import Choice, Vote
from tests.deliberation.ballot.samples import GENERAL, MAJOR

PEOPLE = tuple("甲乙丙丁戊己庚辛")
SETTLED = (Outcome.PASSED, Outcome.REJECTED)


@dataclass(frozen=True)
class World:
    """A roll, one rule, and what came back."""

    rule: DecisionRule
    roll: Roll
    votes: tuple[Vote, ...]
    deliveries: tuple[Delivery, ...]

    def decide(self) -> Decision:
        return decide(tally(self.roll, self.deliveries, self.votes, self.rule), self.rule)


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    owners = st.frozensets(st.sampled_from(PEOPLE), min_size=1, max_size=3).map(lambda names: tuple(sorted(names)))
    parts = st.tuples(owners, st.sampled_from(Kind), st.integers(1, 300_00), st.sampled_from((None, None, "开发商")))
    rows = draw(st.lists(parts, min_size=1, max_size=12))
    return tuple(
        Entry(key=n, owners=names, kind=kind, registered=area, developer=developer)
        for n, (names, kind, area, developer) in enumerate(rows)
    )


@st.composite
def rules(draw: st.DrawFn) -> DecisionRule:
    participation, silence = draw(
        st.sampled_from(
            [
                (Participation.CAST, Silence.NONE),
                (Participation.SERVED, Silence.ABSTAIN),
                (Participation.SERVED, Silence.MAJORITY),
            ]
        )
    )
    return replace(
        draw(st.sampled_from([GENERAL, MAJOR])),
        participation=participation,
        silence=silence,
        head_key=draw(st.sampled_from(HeadKey)),
        parking_in_area=draw(st.booleans()),
        parking_in_heads=draw(st.booleans()),
        invalid_participates=draw(st.booleans()),
    )


@st.composite
def worlds(draw: st.DrawFn, *, strict: bool = False) -> World:
    """Return a world; a strict one counts only returned ballots, each head at most once, nothing held."""
    rule = draw(st.sampled_from([GENERAL, MAJOR])) if strict else draw(rules())
    roll = Roll(Electorate.OWNERS, draw(entries()))
    heads = [head.key for head in denominators(roll, rule).heads]
    ballots = st.tuples(st.sampled_from(heads), st.sampled_from(Choice), st.booleans())
    rows = draw(st.lists(ballots, max_size=16, unique_by=(lambda row: row[0]) if strict else None))
    votes = tuple(Vote(head=h, choice=c, order=n, valid=ok) for n, (h, c, ok) in enumerate(rows))
    reached = draw(st.frozensets(st.sampled_from(heads)))
    return World(
        rule, roll, votes, tuple(Delivery(head, How.SIGNED, "签收单", warned=True) for head in sorted(reached))
    )


@given(worlds(), st.randoms(use_true_random=False))
def test_order_never_matters(world: World, chance: object) -> None:
    def shuffled(rows: Sequence[object]) -> tuple[object, ...]:
        return tuple(sorted(rows, key=lambda _: chance.random()))  # type: ignore[attr-defined]

    other = World(
        world.rule,
        Roll(Electorate.OWNERS, shuffled(world.roll.entries)),  # type: ignore[arg-type]
        shuffled(world.votes),  # type: ignore[arg-type]
        shuffled(world.deliveries),  # type: ignore[arg-type]
    )
    assert other.decide() == world.decide()


@given(worlds(strict=True), st.data())
def test_another_yes_never_turns_passed_into_rejected(world: World, data: st.DataObject) -> None:
    voted = {vote.head for vote in world.votes}
    silent = [head.key for head in denominators(world.roll, world.rule).heads if head.key not in voted]
    if not silent:
        return
    more = Vote(head=data.draw(st.sampled_from(silent)), choice=Choice.YES, order=99)
    before, after = world.decide().outcome, replace(world, votes=(*world.votes, more)).decide().outcome
    if before is Outcome.PASSED:
        assert after is Outcome.PASSED
    if before is Outcome.REJECTED:
        assert after in SETTLED  # a quorum once reached is never lost


@given(worlds(), st.data())
def test_splitting_a_part_among_the_same_owners_changes_nothing(world: World, data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(world.roll.entries))
    area = whole.area or 0
    piece = data.draw(st.integers(0, area))
    pieces = (replace(whole, key="左", registered=piece), replace(whole, key="右", registered=area - piece))
    if 0 in {piece, area - piece}:
        return
    rest = tuple(entry for entry in world.roll.entries if entry != whole)
    split = replace(world, roll=Roll(Electorate.OWNERS, rest + pieces))
    assert split.decide() == world.decide()


@given(entries(), st.integers(1, 9))
def test_the_developer_is_one_head_however_much_is_unsold(rows: tuple[Entry, ...], stock: int) -> None:
    sold = tuple(entry for entry in rows if entry.developer is None)
    unsold = tuple(Entry(key=f"d{n}", developer="开发商", registered=100_00) for n in range(stock))
    undelivered = tuple(Entry(key=f"p{n}", owners=("买受人",), developer="开发商", registered=1) for n in range(stock))
    before = denominators(Roll(Electorate.OWNERS, sold), GENERAL).whole
    after = denominators(Roll(Electorate.OWNERS, sold + unsold + undelivered), GENERAL).whole
    assert after == before + Weight(1, stock * 100_01)


@given(worlds(), st.integers(2, 1000))
def test_the_unit_of_area_changes_no_outcome(world: World, scale: int) -> None:
    larger = tuple(replace(entry, registered=(entry.area or 0) * scale) for entry in world.roll.entries)
    scaled = replace(world, roll=Roll(Electorate.OWNERS, larger))
    assert scaled.decide().outcome is world.decide().outcome
    assert [line.met for line in scaled.decide().lines] == [line.met for line in world.decide().lines]


@given(worlds())
def test_superseding_is_the_last_vote(world: World) -> None:
    last = {vote.head: vote for vote in sorted(world.votes, key=lambda vote: vote.order)}
    assert replace(world, votes=tuple(last.values())).decide() == world.decide()


@given(worlds())
def test_what_is_missing_is_exactly_what_is_missing(world: World) -> None:
    for line in world.decide().lines:
        assert (line.missing == 0) is line.met
        if not line.met and line.denominator:
            assert line.threshold.met(line.numerator + line.missing, line.denominator)
            assert not line.threshold.met(line.numerator + line.missing - 1, line.denominator)


@given(worlds(strict=True))
def test_the_yes_that_is_short_would_carry_it(world: World) -> None:
    counted = tally(world.roll, world.deliveries, world.votes, world.rule)
    short = shortfall(world.rule, counted).yes_short
    assert short is not None
    room = replace(counted, whole=counted.whole + Weight(10**9, 10**9))
    approving = replace(room, yes=room.yes + short)
    made = decide(approving, world.rule)
    if not counted.doubts:
        assert all(line.met for line in made.lines if line.stage is Stage.APPROVE)


@settings(max_examples=30)
@given(worlds())
def test_the_certificate_of_a_count_is_the_same_for_everybody(world: World) -> None:
    counted = tally(world.roll, world.deliveries, world.votes, world.rule)
    made = decide(counted, world.rule)
    one, other = (
        certify(rule=world.rule, roll=world.roll, deliveries=sent, votes=cast, tally=counted, decision=made)
        for sent, cast in ((world.deliveries, world.votes), (world.deliveries[::-1], world.votes[::-1]))
    )
    assert one == other
