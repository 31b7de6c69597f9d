"""The table of states and what an answer owes."""

from itertools import product

import pytest

from community.errors import MovedOn
from community.subject_requests.rules import ARTICLES, ROWS, Deed, Kind, Outcome, Standing, after, needs_reason


@pytest.mark.parametrize(("here", "deed"), list(product(Standing, Deed)))
def test_only_what_the_table_says_is_possible(here: Standing, deed: Deed) -> None:
    there = [row.there for row in ROWS if (row.here, row.deed) == (here, deed)]
    if there:
        assert after(here, deed) is there[0]
    else:
        with pytest.raises(MovedOn):
            after(here, deed)


def test_each_kind_rests_on_an_article_and_a_refusal_owes_a_reason() -> None:
    assert set(ARTICLES) == set(Kind)
    assert [needs_reason(each) for each in Outcome] == [False, True, True]
