"""The table of a claim: who may do what, and nobody decides for the other side."""

from mediation.paying.rules import LIVE, ROWS, ClaimDeed, ClaimStage, Of, open_deeds, urging_waits


def test_only_whom_it_is_owed_to_agrees_or_denies_and_a_visit_moves_nothing() -> None:
    assert {each.by for each in ROWS if each.target in (ClaimStage.AGREED, ClaimStage.DENIED)} == {Of.CREDITOR}
    assert [each.target for each in ROWS if each.by is Of.MEDIATOR] == [None]
    assert all(not open_deeds(stage, set(Of)) for stage in set(ClaimStage) - LIVE)
    assert open_deeds(ClaimStage.OPEN, {Of.DEBTOR}) == {ClaimDeed.WITHDRAW}
    assert open_deeds(ClaimStage.OPEN, {Of.MEDIATOR}) == set()


def test_urging_waits_only_while_all_that_is_late_awaits_an_answer() -> None:
    assert urging_waits([3], {3})
    assert not urging_waits([3, 4], {3})
    assert not urging_waits([], set())
