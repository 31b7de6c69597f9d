"""The confidentiality matrix, cell by cell, against the text kept beside this test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation.case.access import (
    MATRIX,
    PHASES,
    VIEWERS,
    Grade,
    Phase,
    Seat,
    Thing,
    can_read,
    letter,
    may_read,
    openable,
)
from mediation.case.states import State

VIEWER = {
    "当事人本人": Seat.APPLICANT,
    "对方当事人": Seat.RESPONDENT,
    "代理人(在授权期内)": Seat.AGENT,
    "代办/网格员": Seat.HELPER,
    "翻译/手语": Seat.INTERPRETER,
    "受邀参与人": Seat.INVITEE,
    "受理员": Seat.INTAKE,
    "主持/协同调解员": Seat.MEDIATOR,
    "记录人": Seat.RECORDER,
    "调委会主任/行调机构负责人": Seat.DIRECTOR,
    "同组织其他调解员": Seat.COLLEAGUE,
    "已回避/更换的调解员": Seat.FORMER,
    "移交目标组织": Seat.RECEIVER,
    "法院(委派/托)": Seat.COURT,
    "法院(未委派,收司法确认)": Seat.COURT_CONFIRMING,
    "综治中心调度": Seat.CENTRE,
    "司法所/司法局": Seat.JUSTICE,
    "社区党组织/街道": Seat.PARTY_OFFICE,
    "公安(升级后)": Seat.POLICE,
    "第三方评估/审计": Seat.AUDITOR,
    "档案员": Seat.ARCHIVIST,
    "个保负责人": Seat.PRIVACY,
    "系统管理员": Seat.ADMIN,
}
OBJECT = {
    "案件索引(号,类型,状态,承办)": Thing.INDEX,
    "身份(脱敏)": Thing.NAMES,
    "身份(全量)": Thing.IDENTITY,
    "申请与陈述": Thing.STATEMENT,
    "联席室消息": Thing.JOINT,
    "背靠背室消息(某方)": Thing.CAUCUS,
    "调解员内部室": Thing.INTERNAL,
    "已共享证据": Thing.SHARED,
    "仅供调解员证据": Thing.PRIVATE,
    "已确认调解笔录": Thing.MINUTES,
    "方案/让步": Thing.PROPOSAL,
    "已生效协议": Thing.AGREEMENT,
    "司法确认包": Thing.CONFIRMATION,
    "履行/回访": Thing.PERFORMANCE,
    "风险评估/升级": Thing.RISK,
    "审计日志": Thing.LOG,
    "满意度": Thing.SATISFACTION,
    "统计(去标识)": Thing.FIGURES,
}
PARTIES = (Seat.APPLICANT, Seat.RESPONDENT, Seat.AGENT)
TALKERS = {*PARTIES, Seat.MEDIATOR, Seat.INTERPRETER}


def written() -> Iterator[tuple[str, str, str]]:
    """Yield viewer, object and cell as the text has them."""
    text = Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    head, *rows = lines
    for name, *cells in rows:
        yield from ((name, thing, cell) for thing, cell in zip(head[1:], cells, strict=True))


CELLS = list(written())


def test_the_text_and_the_code_have_the_same_rows_and_columns() -> None:
    assert len(VIEWERS) == 23
    assert len(Thing) == 18
    assert {VIEWER[name] for name, _, _ in CELLS} == set(VIEWERS)
    assert {OBJECT[name] for _, name, _ in CELLS} == set(Thing)
    assert set(MATRIX) == {(seat, thing) for seat in VIEWERS for thing in Thing}
    assert set(PHASES) == set(State)


@pytest.mark.parametrize(("viewer", "thing", "cell"), CELLS)
def test_every_cell(viewer: str, thing: str, cell: str) -> None:
    assert len(cell) == len(Phase)
    assert "".join(can_read(VIEWER[viewer], OBJECT[thing], phase) for phase in Phase) == cell


def test_what_a_permit_an_order_or_an_alarm_opens_is_shut_without() -> None:
    for (seat, thing), cell in MATRIX.items():
        for state, phase in PHASES.items():
            free = cell[phase] in (Grade.WHOLE, Grade.SIDE)
            assert may_read([seat], thing, state) is free
            assert (letter([seat], thing, state) == cell[phase]) is (cell[phase] not in "PEL")
            assert (thing in openable([seat], state)) is (cell[phase] is Grade.PERMIT)


def test_what_was_said_alone_reaches_nobody_but_that_side_and_who_mediates() -> None:
    for phase in Phase:
        readers = {seat for seat in VIEWERS if can_read(seat, Thing.CAUCUS, phase) in "FSP"}
        assert readers <= TALKERS
        assert {seat for seat in VIEWERS if can_read(seat, Thing.INTERNAL, phase) != Grade.NOTHING} <= {Seat.MEDIATOR}
        for seat in (Seat.COURT, Seat.COURT_CONFIRMING, Seat.CENTRE, Seat.AUDITOR, Seat.ARCHIVIST):
            assert can_read(seat, Thing.PROPOSAL, phase) is Grade.NOTHING


def test_the_best_seat_counts() -> None:
    assert letter([Seat.COLLEAGUE, Seat.MEDIATOR], Thing.STATEMENT, State.MEDIATING) == "F"
    assert not may_read([], Thing.INDEX, State.MEDIATING)
    assert letter([Seat.CO], Thing.CAUCUS, State.MEDIATING) == "F"
    assert openable([Seat.DIRECTOR], State.MEDIATING) == {Thing.IDENTITY, Thing.SHARED, Thing.MINUTES}
    assert openable([Seat.DIRECTOR, Seat.MEDIATOR], State.MEDIATING) == frozenset()
