"""Whom the way of counting that was not announced would have named."""

from dataclasses import replace

import pytest

from deliberation.ballot.rules import Tie
from deliberation.question.rules import Kind, Method
from tests.deliberation.question.samples import question
from tests.deliberation.question.test_answers import run
from web.deliberation.question.shown import Sheet, told_by

CAPITAL = [(42, "1234"), (26, "2341"), (15, "3421"), (17, "4321")]
"""Voters who rank by nearness: an instant run-off ends far from the middle, pairs agree on it."""


@pytest.mark.parametrize(("method", "won", "other"), [(Method.RUN_OFF, "丁", "乙"), (Method.SCHULZE, "乙", "丁")])
def test_the_other_way_is_named_where_it_differs(method: Method, won: str, other: str) -> None:
    asked = replace(question(Kind.RANKED), method=method)
    papers = [{key: rank for rank, key in enumerate(order, 1)} for count, order in CAPITAL for _ in range(count)]
    told = told_by(Sheet(asked, Tie.LOT, ""), run(asked, papers)[1])
    assert (told.winners, told.other) == ([won], other)


def test_nothing_is_said_where_both_agree() -> None:
    asked = question(Kind.RANKED)
    told = told_by(Sheet(asked, Tie.LOT, ""), run(asked, [{"1": 1, "2": 2}] * 3)[1])
    assert (told.winners, told.other) == (["甲"], "")
