"""Signs, points and colours as a table."""

from datetime import timedelta

import pytest

from mediation.risk.rules import CHAIN, Hit, Level, Ruling, Sign, colour, found, points, standing
from tests.world import NOON

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("signs", "total", "level"),
    [
        ([], 0, Level.GREEN),
        ([Sign.TENDER], 10, Level.GREEN),
        ([Sign.POLICE], 20, Level.YELLOW),
        ([Sign.FEAR], 30, Level.YELLOW),
        ([Sign.THREAT], 40, Level.ORANGE),
        ([Sign.THREAT, Sign.THREAT], 40, Level.ORANGE),
        ([Sign.THREAT, Sign.POLICE], 60, Level.RED),
        ([Sign.WEAPON], 60, Level.RED),
        ([Sign.WEAPON, Sign.THREAT], 100, Level.RED),
        ([Sign.MANY, Sign.GATHERING], 30, Level.YELLOW),
        ([Sign.CRISIS, Sign.REPEATED, Sign.MANY], 45, Level.ORANGE),
        ([Sign.WAGES, Sign.FAILED, Sign.OVERDUE], 40, Level.ORANGE),
    ],
)
def test_points_add_up_to_a_colour(signs: list[Sign], total: int, level: Level) -> None:
    assert points(signs) == total
    assert colour(total) is level


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("今晚我拿刀去找他", {Sign.WEAPON, Sign.THREAT}),
        ("我要打死你", {Sign.THREAT}),
        ("你不赔我就跳楼", {Sign.WEAPON}),
        ("这件事再拖我就去法院起诉", set()),
        ("厨房漏水，把柜子都泡坏了", set()),
        ("买的农药还没付钱，汽油费也是我出的", set()),
        ("灶具点火失灵，合同作废，您看着办", set()),
        ("不赔我就泼汽油", {Sign.WEAPON}),
        ("刀具店的账还没结", set()),
    ],
)
def test_the_room_finds_threats_and_leaves_quarrels_alone(text: str, signs: set[Sign]) -> None:
    assert set(found(text)) == signs


def test_who_lowers_wipes_what_was_seen_and_what_comes_later_counts() -> None:
    hits = [Hit(Sign.WEAPON, NOON)]
    lowered = Ruling(Level.YELLOW, NOON + MINUTE, lowers=True)
    assert standing(hits, []) is Level.RED
    assert standing(hits, [lowered]) is Level.YELLOW
    assert standing([*hits, Hit(Sign.THREAT, NOON + 2 * MINUTE)], [lowered]) is Level.ORANGE
    assert standing(hits, [lowered, Ruling(Level.RED, NOON + 2 * MINUTE, lowers=False)]) is Level.RED


def test_the_chain_is_at_once_five_minutes_and_fifteen() -> None:
    assert [each // MINUTE for each in CHAIN] == [0, 5, 15]
