"""Rights taken away while sockets are open, in small: closed within two seconds, and nothing heard afterwards."""

import pytest

from bench import revoke


def test_who_loses_a_right_is_out_at_once_and_hears_nothing_more() -> None:
    done = revoke.run("process", trials=6, at_once=6)
    assert done.wrong == [], done.report
    assert {way: len(took) for way, took in done.took.items()} == dict.fromkeys(revoke.WAYS, 2)
    assert max(each for took in done.took.values() for each in took) < revoke.LIMIT


@pytest.mark.postgres
def test_over_redis_it_is_the_same() -> None:
    done = revoke.run("redis", trials=3, at_once=3)
    assert done.wrong == [], done.report
    assert sum(len(took) for took in done.took.values()) == 3
