"""What is compared of two filings, and who counts as of age on which day. Rules alone."""

from datetime import UTC, date, datetime

import pytest

from community.calendar.rules import local_day
from mediation.case.capacity import Capacity, capacity_of, needs_guardian, turns_of_age
from mediation.intake.alike import UNKNOWN, Likened, Likeness, building_in, plain_name, plain_phone, texts

LEAK = Likened(
    org_id=1,
    type_code="02",
    applicants=("李 梅",),
    respondents=("402室住户",),
    phones=("138 0013 8000",),
    applicant_phones=("138 0013 8000",),
    place="幸福里3号楼",
)


@pytest.mark.parametrize(
    ("place", "building"), [("3号楼302", "3"), ("三号楼", "3"), ("幸福里 B座", "b"), ("东门口", "东门口"), ("", "")]
)
def test_a_building_is_read_out_of_a_place(place: str, building: str) -> None:
    assert building_in(place) == building


def test_names_and_numbers_have_one_written_form() -> None:
    assert plain_name("李　梅") == plain_name("李梅")
    assert plain_phone("+86 138-0013-8000") == plain_phone("13800138000")
    assert plain_phone("不知道") == ""


def test_the_same_matter_written_otherwise_has_the_same_texts() -> None:
    other = Likened(
        org_id=1,
        type_code="02",
        applicants=("李梅",),
        respondents=("４０２室住户",),
        phones=("13800138000",),
        applicant_phones=("13800138000",),
        place="三号楼2单元",
    )
    assert texts(other) == texts(LEAK)
    turned = texts(other, reversed_sides=True)
    assert turned[Likeness.SIDES] != texts(LEAK)[Likeness.SIDES]


def test_what_is_not_known_is_compared_with_nothing() -> None:
    bare = Likened(
        org_id=1, type_code="02", applicants=("李梅",), respondents=(UNKNOWN,), phones=(), applicant_phones=(), place=""
    )
    assert {kind for kind, found in texts(bare).items() if found} == {Likeness.NAME}


@pytest.mark.parametrize(
    ("at", "capacity"),
    [
        (datetime(2026, 11, 21, 15, 59, tzinfo=UTC), Capacity.LIMITED),  # 23:59 in Beijing
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), Capacity.FULL),  # midnight
    ],
)
def test_a_party_comes_of_age_at_midnight_in_beijing(at: datetime, capacity: Capacity) -> None:
    born = date(2008, 11, 22)
    assert capacity_of(born, local_day(at)) is capacity
    assert needs_guardian(capacity) is (capacity is not Capacity.FULL)


@pytest.mark.parametrize(
    ("born", "more", "capacity"),
    [
        (date(2019, 1, 1), {}, Capacity.NONE),
        (date(2016, 1, 1), {}, Capacity.LIMITED),
        (date(2009, 12, 1), {"earns": True}, Capacity.FULL),
        (date(1950, 1, 1), {"incapable": Capacity.NONE}, Capacity.NONE),
        (None, {"entity": True}, Capacity.ENTITY),
        (None, {}, Capacity.FULL),
    ],
)
def test_capacity_follows_age_and_the_court(born: date | None, more: dict[str, object], capacity: Capacity) -> None:
    assert capacity_of(born, date(2026, 5, 4), **more) is capacity  # type: ignore[arg-type]


def test_a_leap_day_child_comes_of_age_on_the_first_of_march() -> None:
    assert turns_of_age(date(2008, 2, 29)) == date(2026, 3, 1)
    assert capacity_of(date(2008, 2, 29), date(2026, 2, 28)) is Capacity.LIMITED
