"""The table of states."""

from itertools import product

import pytest

from community.errors import MovedOn
from mediation.disposal.rules import ROWS, Deed, DisposalStage, after


@pytest.mark.parametrize(("here", "deed"), list(product(DisposalStage, Deed)))
def test_only_what_the_table_says_is_possible(here: DisposalStage, deed: Deed) -> None:
    there = [row.there for row in ROWS if (row.here, row.deed) == (here, deed)]
    if there:
        assert after(here, deed) is there[0]
    else:
        with pytest.raises(MovedOn):
            after(here, deed)
