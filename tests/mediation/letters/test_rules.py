"""The table of a letter, and what shows how it went."""

import pytest

from community.errors import Unfit
from mediation.letters.rules import (
    STEPS,
    Deed,
    Going,
    How,
    LetterKind,
    LetterState,
    Proof,
    allows,
    check,
    kind_of,
)

FREE = {"called": "马福全", "shy": False}


def test_every_letter_comes_to_an_end_and_leaves_it_never() -> None:
    ends = {state for state in LetterState if not any(allows(state, deed) for deed in Deed)}
    assert ends == {LetterState.RECEIVED, LetterState.RETURNED, LetterState.DROPPED}
    reached = {after for _, after in STEPS.values()} | {LetterState.WAITS}
    assert reached == set(LetterState)


@pytest.mark.parametrize(
    ("going", "field"),
    [
        (Going(How.REGISTERED, tracking="12"), "tracking"),
        (Going(How.HANDED), "proof"),
        (Going(How.HANDED, proof=Proof.INK, name="别人"), "name"),
        (Going(How.HANDED, proof=Proof.FINGER, name="马福全"), "witness"),
        (Going(How.HANDED, proof=Proof.FINGER, name="马福全", witness="马 福全"), "witness"),
        (Going(How.HANDED, proof=Proof.LEFT, witness="马福全"), "witness"),
    ],
)
def test_a_way_that_shows_nothing_is_refused(going: Going, field: str) -> None:
    with pytest.raises(Unfit) as refused:
        check(going, called="马福全", shy=False)
    assert refused.value.field == field


@pytest.mark.parametrize("how", list(How))
def test_who_is_afraid_gets_nothing_through_a_letter_box(how: How) -> None:
    going = Going(how, tracking="xa 12345678 9", proof=Proof.INK, name="马 福全", witness="x" * 60)
    if how in {How.HANDED, How.CALLED}:
        assert check(going, called="马福全", shy=True).how is how
    else:
        with pytest.raises(Unfit, match="不能寄"):
            check(going, called="马福全", shy=True)
    tidy = check(going, called="马福全", shy=False)
    assert tidy.tracking == ("XA123456789" if how is How.REGISTERED else "")
    assert bool(tidy.proof) is (how is How.HANDED)


def test_what_a_letter_is_for_follows_from_what_happened() -> None:
    assert [kind_of(each) for each in ("appointment.fixed", "case.extension-asked", "case.close")] == [
        LetterKind.HEARING,
        LetterKind.CONSENT,
        LetterKind.NOTICE,
    ]
