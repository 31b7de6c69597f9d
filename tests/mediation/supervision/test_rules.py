"""The table of the card: every state ends, every deed has a hand, nothing is done from an end."""

import pytest

from community.errors import MovedOn
from mediation.supervision.rules import CARD_ROWS, CardDeed, CardState, Hand, deeds, row

ENDS = {CardState.SETTLED, CardState.WITHDRAWN}


def test_every_state_is_reached_and_every_deed_stands_once() -> None:
    assert {each.end for each in CARD_ROWS} == set(CardState)
    assert sorted(each.deed for each in CARD_ROWS) == sorted(CardDeed)
    assert {each.start for each in CARD_ROWS} == set(CardState) - ENDS


@pytest.mark.parametrize("state", list(CardState))
@pytest.mark.parametrize("deed", list(CardDeed))
def test_a_deed_is_done_from_where_the_table_has_it(state: CardState, deed: CardDeed) -> None:
    if any(each.start is state and each.deed is deed for each in CARD_ROWS):
        assert row(state, deed).start is state
    else:
        with pytest.raises(MovedOn):
            row(state, deed)


def test_the_organisation_answers_and_nothing_else() -> None:
    assert [each.deed for state in CardState for each in deeds(state, Hand.ORG)] == [CardDeed.ANSWER]
    assert [each.deed for each in deeds(CardState.ANSWERED, Hand.OFFICE)] == [CardDeed.ACCEPT, CardDeed.AGAIN]
