"""What an agreement must hold, how amounts are spelled, and when it takes effect."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from community.people.rules import LEVELS, Method
from mediation.agreement.checks import CHECKS, LEGALITY, Desk, faults
from mediation.agreement.money import MOST, in_words, parse_yuan, yuan
from mediation.agreement.rules import (
    SHAPES,
    Capacity,
    ClauseKind,
    Line,
    Signed,
    effect_at,
    may_see_performance,
    may_see_text,
    sealable_from,
)
from mediation.agreement.text import PROMISES, Named, Paper, canonical, digest, draft_from, paper_from, sections
from mediation.case.access import Seat
from mediation.case.capacity import of_age
from mediation.case.events import Event
from mediation.case.states import State
from mediation.case.workflow import ROWS
from tests.mediation.agreement.making import draft

TODAY = date(2026, 5, 9)


def desk(*lines: Line, **changes: object) -> Desk:
    given: dict[str, object] = {
        "draft": draft(*lines, **changes),
        "signatories": ["A1", "R1"],
        "today": TODAY,
        "ticked": list(LEGALITY),
        "on_paper": False,
    }
    return Desk(**given)  # type: ignore[arg-type]


def pay(amount: int | None, **changes: object) -> Line:
    return replace(Line(who="R1", whom="A1", amount=amount, until=date(2026, 6, 30)), **changes)  # type: ignore[arg-type]


STATUS = Line(kind=ClauseKind.STATUS, who="R1", whom="A1", what="自愿离婚")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (320000, "叁仟贰佰元整"),
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (53, "伍角叁分"),
        (5, "伍分"),
        (100, "壹元整"),
        (1000, "壹拾元整"),
        (1000100, "壹万零壹元整"),
        (2000000, "贰万元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (100_001_000_000, "壹拾亿零壹万元整"),
        (MOST, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_in_the_numerals_that_cannot_be_altered(fen: int, words: str) -> None:
    assert in_words(fen) == f"人民币{words}"


@given(st.integers(min_value=1, max_value=MOST))
def test_the_words_of_an_amount_read_back_as_the_amount(fen: int) -> None:
    assert _read(in_words(fen).removeprefix("人民币")) == fen


def _read(words: str) -> int:
    """Read the numerals back, by a way of its own."""
    whole, _, cents = words.partition("元") if "元" in words else ("", "", words)
    total, group, digit = 0, 0, 0
    for sign in whole:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            group, digit = group + digit * 10 ** ("拾佰仟".index(sign) + 1), 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[sign], 0, 0
    yuan_ = total + group + digit
    parts = {unit: "零壹贰叁肆伍陆柒捌玖".index(cents[at - 1]) for unit in "角分" if (at := cents.find(unit)) > 0}
    return yuan_ * 100 + parts.get("角", 0) * 10 + parts.get("分", 0)


@given(st.integers(min_value=1, max_value=MOST))
def test_an_amount_survives_the_form(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(f"￥{fen // 100:,}.{fen % 100:02d} 元") == fen


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-5", "3.200", "3,20", "1e3", "三千", "1.2.3", "٣", "9" * 20, "12,34"]
)
def test_what_is_no_amount_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(Unfit) as refusal:
        parse_yuan(text, field="amount-2")
    assert refusal.value.field == "amount-2"


def test_a_right_draft_has_no_faults() -> None:
    assert faults(desk()) == {}


@pytest.mark.parametrize(
    ("wrong", "guard", "fields"),
    [
        (desk(facts=" "), "required_fields", ["facts"]),
        (desk(issue="", blame=""), "required_fields", ["issue", "blame"]),
        (desk(pay(None), total=None), "required_fields", ["amount-1"]),
        (desk(pay(5, until=None), total=5), "required_fields", ["until-1"]),
        (desk(pay(5, who="", whom=""), total=5), "required_fields", ["who-1", "whom-1"]),
        (desk(pay(5), total=None), "required_fields", ["total"]),
        (desk(pay(5), pay(6, kind=ClauseKind.DO), total=5), "required_fields", ["what-2"]),
        (desk(pay(5, who="T1"), total=5), "obligated_sign", ["who-1"]),
        (desk(*[pay(64867)] * 3, total=194600), "instalments_add_up", ["amount-3"]),
        (desk(pay(5, kind=ClauseKind.STOP, what="x"), total=5), "instalments_add_up", ["total"]),
        (desk(pay(5, until=date(2026, 5, 8)), total=5), "dates_after_signing", ["until-1"]),
        (replace(desk(), ticked=["willing"]), "legality_checked", ["legality"]),
        (desk(STATUS, total=None), "paper_for_status", ["kind-1"]),
    ],
)
def test_every_fault_is_named_with_its_field(wrong: Desk, guard: str, fields: list[str]) -> None:
    assert faults(wrong) == {guard: fields}


def test_what_touches_personal_status_goes_out_on_paper() -> None:
    assert faults(replace(desk(STATUS, total=None), on_paper=True)) == {}


def test_a_draft_without_promises_has_a_fault() -> None:
    assert faults(replace(desk(), draft=replace(draft(), lines=(), total=None))) == {"required_fields": ["what-1"]}


def test_instalments_that_make_the_total_and_a_day_that_is_today_are_right() -> None:
    assert faults(desk(pay(64867), pay(64867), pay(64866, until=TODAY), total=194600)) == {}


def test_the_checks_are_the_guards_of_the_road_in_its_order() -> None:
    guards = [guard.id for row in ROWS if row.event is Event.FINALIZE for guard in row.guards]
    assert [check.guard for check in CHECKS] == guards[:-1]
    assert guards[-1] == "text_frozen"


def test_every_kind_of_clause_has_its_shape_and_its_sentence() -> None:
    assert set(SHAPES) == set(PROMISES) == set(ClauseKind)
    assert set(LEVELS) == set(Method)


AT = datetime(2026, 5, 9, 4, 0, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


SIGNED = [
    Signed(1, Capacity.PARTY, at(10)),
    Signed(2, Capacity.PARTY, at(40)),
    Signed(3, Capacity.MEDIATOR, at(25)),
]


@pytest.mark.parametrize(
    ("signed", "sealed_at", "effect"),
    [
        (SIGNED, at(41), at(41)),
        (SIGNED, at(5), at(40)),
        (SIGNED, None, None),
        (SIGNED[:2], at(41), None),
        (SIGNED[1:], at(41), None),
        ([*SIGNED[:2], Signed(9, Capacity.MEDIATOR, at(1))], at(41), None),
        ([*SIGNED[:2], Signed(3, Capacity.PARTY, at(1))], at(41), None),
        ([], None, None),
    ],
)
def test_effect_is_the_instant_at_which_the_last_thing_was_there(
    signed: list[Signed], sealed_at: datetime | None, effect: datetime | None
) -> None:
    assert effect_at("people_written", parties=[1, 2], mediator=3, signed=signed, sealed_at=sealed_at) == effect


def test_the_seal_waits_for_the_last_window() -> None:
    assert sealable_from(parties=[1, 2], mediator=3, signed=SIGNED) == at(40)
    assert sealable_from(parties=[1, 2], mediator=3, signed=SIGNED[1:]) is None
    assert sealable_from(parties=[1, 2], mediator=None, signed=SIGNED) is None


INVOLVED = {Seat.APPLICANT, Seat.RESPONDENT, Seat.AGENT, Seat.GUARDIAN, Seat.MEDIATOR, Seat.CO, Seat.DIRECTOR}
READERS = {
    State.MEDIATING: set(),
    State.DRAFTING: {Seat.MEDIATOR},
    State.SIGNING: INVOLVED,
    State.TERMINATED: set(),
    State.PERFORMING: INVOLVED | {Seat.COURT},
    State.CLOSED: INVOLVED | {Seat.COURT},
    State.ARCHIVED: INVOLVED - {Seat.MEDIATOR, Seat.CO} | {Seat.COURT, Seat.ARCHIVIST},
}


@pytest.mark.parametrize(("state", "readers"), READERS.items())
def test_who_reads_the_words_when(state: State, readers: set[Seat]) -> None:
    assert {seat for seat in Seat if may_see_text([seat], state)} == readers
    if state not in (State.DRAFTING, State.SIGNING):
        assert {seat for seat in Seat if may_see_performance([seat], state)} == readers - {Seat.COURT}


def test_somebody_comes_of_age_on_their_birthday_even_if_there_is_none_that_year() -> None:
    assert [of_age(date(2008, 2, 29), date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [False, True]


PAPER = Paper(
    number="（2026）幸福里居人调字第1号-协1",
    case_number="（2026）幸福里居人调字第1号",
    org="幸福里社区人民调解委员会",
    mediator="吴老师",
    version=1,
    parties=(Named(sign="A1", side="A", name="阿兰"), Named(sign="R1", side="R", name="阿强")),
    draft=draft(),
)


def test_what_is_hashed_reads_back_as_the_same_and_changes_with_every_part() -> None:
    assert paper_from(canonical(PAPER)) == PAPER
    assert draft_from(canonical(PAPER.draft)) == PAPER.draft
    changed = replace(PAPER, draft=draft(pay(320001), total=320001))
    assert digest(canonical(changed)) != digest(canonical(PAPER))
    assert digest(canonical(PAPER)) == digest(canonical(paper_from(canonical(PAPER))))


def test_the_document_says_who_what_how_much_and_until_when() -> None:
    said = {heading: "".join(lines) for heading, lines in sections(PAPER)}
    assert said["当事人"] == "申请人：阿兰被申请人：阿强"
    assert "1. 阿强于2026年5月20日前（含当日）为阿兰完成：更换漏水的水管。" in said["协议内容、履行方式和期限"]
    assert "阿强于2026年5月31日前（含当日）向阿兰支付人民币贰仟元整（¥2,000.00）。" in said["协议内容、履行方式和期限"]
    assert "以上付款合计人民币叁仟贰佰元整。" in said["协议内容、履行方式和期限"]
    assert "一式三份" in said["其他"]
