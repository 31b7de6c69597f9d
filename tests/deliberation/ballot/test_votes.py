"""The roll, co-owners, replaced ballots and everything about a count that must not be guessed."""

from dataclasses import replace

import pytest

from deliberation.ballot.count import tally
from deliberation.ballot.decide import Outcome
from deliberation.ballot.doubts import Reason
from deliberation.ballot.heads import denominators, head_key
from deliberation.ballot.roll import Delivery, Electorate, Entry, How, Kind, Roll, people
from deliberation.ballot.rules import HeadKey
from deliberation.ballot.shares import Weight
from deliberation.ballot.votes import Vote
from tests.deliberation.ballot.samples import GENERAL, NO, YES, block, decision, flats, outcome, owners, vote

COUPLE = owners(flats(2), [Entry(key="c", owners=("李", "安"), registered=100_00)])
HEAD = head_key(["安", "李"])


def both(*votes: Vote) -> Outcome:
    """Return the outcome when two neighbours say yes and the couple says ``votes``."""
    return outcome(COUPLE, [*block(0, 2), *votes])


def test_areas_come_from_the_register_then_the_survey_then_the_contract() -> None:
    assert Entry(key=1, owners=(1,), registered=1, surveyed=2, contracted=3).area == 1
    assert Entry(key=1, owners=(1,), surveyed=2, contracted=3).area == 2
    assert Entry(key=1, owners=(1,), contracted=3).area == 3
    assert Entry(key=1, owners=(1,)).area is None


def test_a_missing_area_decides_nothing_where_area_counts() -> None:
    roll = owners(flats(3), [Entry(key="x", owners=("x",))])
    made = decision(roll, block(0, 3))
    assert made.outcome is Outcome.UNDECIDABLE
    assert [(doubt.reason, doubt.which) for doubt in made.doubts] == [(Reason.NO_AREA, ("x",))]
    assert "x" in str(made.doubts[0])


def test_an_uncounted_stall_needs_no_area() -> None:
    roll = owners(flats(3), [Entry(key="x", owners=("u0",), kind=Kind.PARKING)])
    assert outcome(roll, block(0, 3), replace(GENERAL, parking_in_area=False)) is Outcome.PASSED


@pytest.mark.parametrize("entry", [{"owners": ()}, {"owners": ("a+b",)}, {"owners": ("",)}])
def test_an_entry_has_somebody_with_a_plain_key(entry: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="entry 1"):
        Entry(key=1, owners=entry["owners"])


def test_an_area_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Entry(key=1, owners=(1,), surveyed=-1)


def test_a_roll_names_nobody_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        people(Electorate.ADULTS, [7, "7"])


def test_one_owner_of_many_parts_is_one_head() -> None:
    roll = owners([Entry(key=n, owners=(7 if n % 2 else "7",), registered=50_00) for n in range(4)])
    assert denominators(roll, GENERAL).whole == Weight(1, 200_00)


def test_owner_sets_are_exact_unless_the_rule_joins_them() -> None:
    sets = [("A",), ("A", "B"), ("B", "C"), ("D",)]
    roll = owners([Entry(key=n, owners=names, registered=100) for n, names in enumerate(sets)])
    joining = replace(GENERAL, head_key=HeadKey.ANY_COMMON_OWNER)
    assert [head.key for head in denominators(roll, GENERAL).heads] == ["A", "A+B", "B+C", "D"]
    assert [head.key for head in denominators(roll, joining).heads] == ["A+B+C", "D"]
    assert denominators(roll, joining).whole == Weight(2, 400)


def test_a_joined_head_answers_to_every_set_it_joins() -> None:
    roll = owners([Entry(key=n, owners=names, registered=100) for n, names in enumerate([("A",), ("A", "B")])])
    joining = replace(GENERAL, head_key=HeadKey.ANY_COMMON_OWNER)
    assert outcome(roll, [vote("A"), vote("A+B")], joining) is Outcome.PASSED
    assert outcome(roll, [vote("A"), vote("A+B", NO, 1)], joining) is Outcome.UNDECIDABLE


def test_co_owners_who_differ_are_held() -> None:
    made = decision(COUPLE, [*block(0, 2), vote(HEAD, YES, 1, by="安"), vote(HEAD, NO, 2, by="李")])
    assert made.outcome is Outcome.UNDECIDABLE
    assert [(doubt.reason, doubt.which) for doubt in made.doubts] == [(Reason.HELD, (HEAD,))]


def test_co_owners_who_agree_are_one_vote() -> None:
    counted = tally(COUPLE, [], [vote(HEAD, by="安"), vote(HEAD, order=2, by="李")], GENERAL)
    assert counted.yes == Weight(1, 100_00)
    assert counted.superseded == 0


def test_a_conflict_ends_when_one_changes_or_both_sign_or_the_tellers_strike_it() -> None:
    differ = [vote(HEAD, YES, 1, by="安"), vote(HEAD, NO, 2, by="李")]
    assert both(*differ, vote(HEAD, YES, 3, by="李")) is Outcome.PASSED
    assert both(*differ, vote(HEAD, NO, 3)) is Outcome.PASSED
    assert both(*(replace(each, valid=False) for each in differ)) is Outcome.PASSED
    struck = tally(COUPLE, [], [replace(each, valid=False) for each in differ], GENERAL)
    assert struck.invalid == Weight(1, 100_00)


def test_a_co_owner_who_differs_after_both_signed_is_held() -> None:
    assert both(vote(HEAD, YES, 1), vote(HEAD, NO, 2, by="李")) is Outcome.UNDECIDABLE


def test_two_different_last_votes_are_held() -> None:
    assert outcome(COUPLE, [vote("u0", YES, 5), vote("u0", NO, 5), vote("u1")]) is Outcome.UNDECIDABLE


def test_the_last_vote_counts_even_when_spoilt() -> None:
    counted = tally(COUPLE, [], [vote("u0", NO, 1), vote("u0", YES, 2), vote("u1", YES, 1)], GENERAL)
    assert (counted.yes.heads, counted.no.heads, counted.superseded) == (2, 0, 1)
    spoilt = tally(COUPLE, [], [vote("u0", YES, 1), vote("u0", YES, 2, valid=False)], GENERAL)
    assert (spoilt.yes.heads, spoilt.invalid.heads) == (0, 1)


@pytest.mark.parametrize(
    "stranger",
    [vote("无名"), vote("u0", by="邻居"), vote("安", by="安")],
    ids=["no head", "not an owner", "half a head"],
)
def test_a_stranger_makes_the_count_doubtful(stranger: Vote) -> None:
    made = decision(COUPLE, [*block(0, 2), vote(HEAD), stranger])
    assert made.outcome is Outcome.UNDECIDABLE
    assert made.doubts[0].reason is Reason.STRANGER


def test_a_delivery_to_a_stranger_makes_the_count_doubtful() -> None:
    assert outcome(COUPLE, block(0, 2), deliveries=[Delivery("无名", How.SIGNED)]) is Outcome.UNDECIDABLE


def test_questions_are_counted_apart() -> None:
    votes = [Vote(head="u0", choice=choice, order=1, question=n) for n, choice in ((1, YES), (2, NO))]
    assert tally(COUPLE, [], votes, GENERAL, question=1).yes.heads == 1
    assert tally(COUPLE, [], votes, GENERAL, question="2").yes.heads == 0
    with pytest.raises(ValueError, match="which one"):
        tally(COUPLE, [], votes, GENERAL)


def test_the_roll_of_a_building_and_of_an_entrance() -> None:
    entries = tuple(
        Entry(key=f"{b}-{e}", owners=(f"{b}-{e}",), building=b, entrance=e, registered=1) for b in "12" for e in "甲乙"
    )
    roll = Roll(Electorate.OWNERS, entries)
    assert [entry.key for entry in roll.within("1").entries] == ["1-甲", "1-乙"]
    assert [entry.key for entry in roll.within("2", "乙").entries] == ["2-乙"]
    assert outcome(roll.within("1"), [vote("1-甲"), vote("1-乙")]) is Outcome.PASSED


def test_a_long_list_of_doubts_names_the_first_few() -> None:
    made = decision(owners(flats(9)), [vote(f"无名{n}") for n in range(9)])
    assert made.doubts[0].facts == {"n": 9, "which": "无名0、无名1、无名2、无名3、无名4……"}
