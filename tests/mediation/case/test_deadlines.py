"""The periods of mediation: complete, honestly sourced, and right on the dates of real cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.calendar.known import known
from community.calendar.rules import Due, Span
from mediation.case.deadlines import alarm_of, due_of, rule, rules_of, warnings_of
from mediation.case.periods import RULES
from mediation.case.states import Clock
from mediation.case.terms import Basis, Extend, Force, Pause, PauseReason, Rule, Start, Trust, Unit

CALENDAR = known()


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def rests_on_hearsay(which: Rule) -> bool:
    return which.force is Force.HARD and not {b.trust for b in which.basis} & {Trust.VERIFIED, Trust.SECONDARY}


def test_no_hard_rule_rests_on_general_knowledge_alone() -> None:
    assert [r.id for r in RULES if rests_on_hearsay(r)] == []


def test_a_hard_rule_of_general_knowledge_would_be_found() -> None:
    rumour = Rule(
        id="D99",
        what="",
        amount=1,
        unit=Unit.DAY,
        starts=Start.FILED,
        force=Force.HARD,
        basis=(Basis("R75", "", Trust.KNOWN),),
    )
    assert rests_on_hearsay(rumour)


def test_every_rule_has_a_source_and_the_numbers_run_from_one() -> None:
    assert all(r.basis for r in RULES)
    assert sorted({r.id for r in RULES}) == [f"D{n:02}" for n in range(1, 32)]
    assert len({(r.id, r.variant) for r in RULES}) == len(RULES)
    assert [r.id for r in RULES] == sorted(r.id for r in RULES)


def test_a_law_is_named_by_its_article_wherever_it_was_read() -> None:
    assert all(b.article for r in RULES for b in r.basis if b.trust in {Trust.VERIFIED, Trust.SECONDARY})


def test_every_clock_of_the_road_has_a_period_but_the_keeping_of_files() -> None:
    assert {r.clock for r in RULES if r.clock} == set(Clock) - {Clock.RETENTION}


def test_what_fixed_extension_there_is_belongs_to_a_policy_that_has_one() -> None:
    assert {(r.id, r.variant) for r in RULES if r.more} == {("D04", ""), ("D16", ""), ("D18", "decide")}
    assert all((r.extend in {Extend.ONCE, Extend.PRESIDENT}) == bool(r.more) for r in RULES)


def test_no_hard_period_waits_for_a_handover() -> None:
    assert [r.id for r in RULES if r.force is Force.HARD and PauseReason.HANDOVER in r.excludes] == []


@pytest.mark.parametrize(
    ("id_", "variant", "start", "due"),
    [
        ("D01", "", "08-24", "08-27"),
        ("D06", "month", "08-28", "09-28"),
        ("D07", "", "06-10", "07-23"),
        ("D08", "", "07-06", "07-21"),
        ("D09", "request", "05-22", "06-01"),
        ("D10", "", "04-01", "05-06"),
        ("D10", "", "01-16", "02-24"),
        ("D11", "ordinary", "09-18", "10-08"),
        ("D14", "answer", "06-18", "06-24"),
        ("D17", "", "09-12", "10-12"),
        ("D17", "", "09-05", "10-08"),
        ("D19", "", "09-30", "09-30"),
        ("D19", "", "10-05", "10-08"),
        ("D22", "court", "09-30", "09-30"),
    ],
)
def test_due(id_: str, variant: str, start: str, due: str) -> None:
    assert due_of(rule(id_, variant), day(start), CALENDAR).due == day(due)


def test_the_window_for_confirmation_advises_the_day_before_rolling() -> None:
    assert due_of(rule("D17"), day("09-05"), CALENDAR) == Due(day("10-05"), day("10-08"), provisional=False)


def test_years_are_counted_by_the_same_numbered_day() -> None:
    due = due_of(rule("D25"), day("09-30"), CALENDAR)
    assert (due.raw, due.provisional) == (date(2028, 9, 30), True)


APPRAISAL = Pause(PauseReason.APPRAISAL, Span(day("06-22"), day("07-10")))


def test_an_appraisal_stops_the_medical_period() -> None:
    assert due_of(rule("D07"), day("06-10"), CALENDAR, [APPRAISAL]).due == day("08-13")


def test_waiting_for_a_guardian_does_not_stop_a_period() -> None:
    guardian = Pause(PauseReason.GUARDIAN, APPRAISAL.span)
    for id_, variant in (("D06", "month"), ("D07", ""), ("D10", "")):
        which = rule(id_, variant)
        assert due_of(which, day("06-10"), CALENDAR, [guardian]) == due_of(which, day("06-10"), CALENDAR)


def test_two_pauses_that_overlap_are_not_counted_twice() -> None:
    pauses = [APPRAISAL, Pause(PauseReason.APPRAISAL, Span(day("07-01"), day("07-10")))]
    assert due_of(rule("D07"), day("06-10"), CALENDAR, pauses).due == day("08-13")


def test_a_fixed_extension_is_added_once() -> None:
    assert due_of(rule("D16"), day("09-12"), CALENDAR).raw == day("09-19")
    assert due_of(rule("D16"), day("09-12"), CALENDAR, extended=True).raw == day("09-26")
    with pytest.raises(ValueError, match="D17"):
        due_of(rule("D17"), day("09-12"), CALENDAR, extended=True)


def test_a_red_alarm_is_counted_in_minutes() -> None:
    at = datetime(2026, 10, 1, 12, 14, 6, tzinfo=UTC)
    assert alarm_of(rule("D24", "first"), at) - at == timedelta(minutes=5)
    assert alarm_of(rule("D24", "center"), at) - at == timedelta(minutes=15)
    with pytest.raises(ValueError, match="D24"):
        due_of(rule("D24", "first"), day("10-01"), CALENDAR)
    with pytest.raises(ValueError, match="D17"):
        alarm_of(rule("D17"), at)


def test_reminders_come_before_the_day_and_never_before_the_start() -> None:
    assert warnings_of(day("10-12"), since=day("09-12")) == (day("10-05"), day("10-09"), day("10-11"), day("10-12"))
    assert warnings_of(day("10-12"), since=day("10-09")) == (day("10-11"), day("10-12"))
    assert warnings_of(day("10-12"), since=day("10-12")) == (day("10-12"),)


def test_a_region_adds_its_rules_to_the_common_ones() -> None:
    assert [r.id + r.variant for r in rules_of(Clock.REVIEW)] == ["D01"]
    assert [r.id + r.variant for r in rules_of(Clock.REVIEW, pack="SZ")] == ["D01", "D02simple", "D02complex"]
