"""A file of disputes is read whole, names what is wrong by line and column, and its words suggest a kind."""

import json
from datetime import timedelta

import pytest

from community.errors import Unfit
from community.places.sheet import Sheet, read_sheet
from mediation.case.channels import Channel
from mediation.intake.alike import UNKNOWN
from mediation.intake.rules import Kind
from mediation.intake.sheets import Cases, parse
from mediation.intake.suggesting import LEAST, accuracy, shipped, suggest, weights_from
from tests.world import NOON

KINDS = {"02": Kind.NEIGHBOURS, "邻里": Kind.NEIGHBOURS}
HEAD = "编号,经过,来源,收到时间,类型,申请人,申请人电话,被申请人\n"
GOOD = HEAD + "A1,楼上漏水,12345,2026-05-01 08:00,邻里,李梅,13800138000,周强\n"


def read(text: str, **more: bool) -> Cases:
    return parse(read_sheet(text.encode()), KINDS, at=NOON, **more)


def test_a_line_becomes_a_filing() -> None:
    found = read(GOOD)
    filing = found.cases[0].filing
    assert not found.wrong
    assert (filing.number, filing.channel, filing.kind) == ("A1", Channel.HOTLINE, Kind.NEIGHBOURS)
    assert filing.received_at == NOON.replace(day=1, hour=0)
    filing.check(NOON)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("A2,,电话,,,李梅,,周强", "经过"),
        (",漏水,电话,,,李梅,,周强", "编号"),
        ("A2,漏水,飞鸽,,,李梅,,周强", "来源"),
        ("A2,漏水,电话,昨天,,李梅,,周强", "收到时间"),
        ("A2,漏水,电话,2027-01-01,,李梅,,周强", "收到时间"),
        ("A2,漏水,电话,,口角,李梅,,周强", "类型"),
        ("A2,漏水,电话,,,,,周强", "申请人"),
        ("A2,漏水,电话,,,李梅,,", "被申请人"),
        ("A1,漏水,12345,,,李梅,,周强", "编号"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(line: str, column: str) -> None:
    wrong = read(GOOD + line + "\n").wrong
    assert [(each.line, each.column) for each in wrong] == [(3, column)]


def test_a_file_of_objects_is_a_table_too_and_parties_may_be_left_open() -> None:
    rows = [{"id": "lb1", "text": "邻居半夜唱歌", "category": "邻里", "parties": ["甲"]}, {"id": 7, "question": "欠薪"}]
    sheet = read_sheet("\n".join(json.dumps(row, ensure_ascii=False) for row in rows[:1]).encode())
    found = parse(sheet, KINDS, at=NOON, unnamed=True)
    assert not found.wrong
    assert found.cases[0].filing.applicant.name == UNKNOWN
    assert found.cases[0].label == "邻里"
    assert [each.column for each in parse(sheet, KINDS, at=NOON).wrong] == ["申请人", "被申请人"]
    assert read_sheet(json.dumps(rows[1]).encode()) == Sheet(("id", "question"), ((1, ("7", "欠薪")),), _hash(rows[1]))
    with pytest.raises(Unfit):
        read_sheet(b'{"id": 1}\n{broken\n')


def _hash(row: object) -> str:
    return read_sheet(json.dumps(row).encode()).sha256


def test_words_suggest_a_kind_and_say_which_words() -> None:
    first = suggest("楼上漏水，邻居不肯修")[0]
    assert first.kind is Kind.NEIGHBOURS
    assert set(first.words) == {"楼上", "漏水", "邻居"}
    assert first.points >= LEAST
    assert suggest("你好") == []
    assert suggest("老板拖欠工资，一直不给，劳动合同也没签")[0].kind is Kind.LABOUR


def test_every_weight_names_a_kind_and_the_measure_counts() -> None:
    assert set(shipped().words) == set(Kind) - {Kind.OTHER}
    with pytest.raises(ValueError, match="weight"):
        weights_from({"version": "1", "kind": [{"code": "01", "labels": [], "words": {"离婚": 0}}]})
    told = accuracy([("楼上漏水", Kind.NEIGHBOURS), ("楼上漏水", Kind.FAMILY), ("你好", Kind.FAMILY)])
    assert (told.labelled, told.first, told.shown, told.silent) == (3, 1, 1, 1)


def test_what_is_received_later_than_now_is_not_believed() -> None:
    filing = read(GOOD).cases[0].filing
    with pytest.raises(Unfit):
        filing.check(NOON - timedelta(days=9))
