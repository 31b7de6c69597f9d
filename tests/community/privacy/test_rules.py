"""Masks: every kind of datum keeps what is agreed and nothing more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.privacy.rules import (
    COMPOUND,
    mask_address,
    mask_card,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_plate,
    minor_label,
)

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("王小明", "王**"),
        ("欧阳小雨", "欧阳**"),
        ("欧阳雨", "欧阳*"),
        ("欧阳", "欧*"),
        ("阿依古丽·买买提", "阿*·*"),
        ("阿依古丽•买买提", "阿*·*"),
        ("次仁·多吉·旺堆", "次*·*·*"),
        ("张 三", "张*"),
        (" 张三 ", "张*"),
        ("Anna Lee", "A* *"),
        ("Anna", "A*"),
        ("李", "*"),
        ("", "*"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_compound_surnames_have_two_signs_each() -> None:
    assert {"欧阳", "司马", "诸葛", "上官", "佟佳"} <= COMPOUND
    assert all(len(surname) == 2 for surname in COMPOUND)


@given(st.text(HAN, min_size=2, max_size=8))
def test_a_given_name_never_shows(name: str) -> None:
    shown = mask_name(name)
    assert len(shown) == len(name)
    assert shown.rstrip("*") in {name[:1], name[:2] if name[:2] in COMPOUND else name[:1]}
    assert shown.endswith("*")


def test_minors_are_lettered() -> None:
    assert [minor_label(n) for n in (1, 2, 26, 27, 52, 53)] == [
        f"未成年人{letters}" for letters in ("A", "B", "Z", "AA", "AZ", "BA")
    ]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800138000", "138****8000"),
        ("+8613800138000", "138****8000"),
        ("138-0013-8000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("010-12345678", "010******78"),
        ("0571-87654321", "057*******21"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_phones(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("11010519491231002X", "**************002X"), ("440524800101001", "***********1001"), ("1234", "****")],
)
def test_identity_numbers(number: str, shown: str) -> None:
    assert mask_id_number(number) == shown


def test_cards_and_plates() -> None:
    assert mask_card("6222021234567890128") == "***************0128"
    assert mask_card("6222 0212 3456 7890") == "************7890"
    assert mask_plate("京A12345") == "京A***45"
    assert mask_plate("京A·12345") == "京A***45"
    assert mask_plate("京AD12345") == "京A****45"
    assert mask_plate("京A1") == "***"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("清河街道幸福小区3号楼2单元302室", "清河街道幸福小区"),
        ("云州区清河路12号幸福小区3栋", "云州区清河路12号幸福小区"),
        ("清河镇东庙村3组15号", "清河镇东庙村3组"),
        ("清河镇东庙村第三村民小组15号", "清河镇东庙村第三村民小组"),
        ("花园路8号锦绣家园A座1201", "花园路8号锦绣家园"),
        ("幸福里3号楼2单元302室（东花园旁）", "幸福里"),
        ("幸福里二单元三零二室", "幸福里"),
        ("３号楼３０２室 幸福小区", ""),
        ("清河路12号3-2-302", "清河路"),
        ("清河社区", "清河社区"),
        ("三门峡市清河街道幸福小区东单元", "三门峡市清河街道幸福小区"),
        ("", ""),
    ],
)
def test_addresses(address: str, shown: str) -> None:
    assert mask_address(address) == shown


PIECES = (
    "清河街道",
    "幸福",
    "小区",
    "花园",
    "苑",
    "路",
    "东庙村",
    "12号",
    "3组",
    "3号楼",
    "2单元",
    "302室",
    "302",
    "十二栋",
    "B座",
    "3-2-302",
    " ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_no_building_unit_or_room_survives(address: str) -> None:
    shown = mask_address(address)
    assert address.strip().startswith(shown)
    assert not re.search(r"号楼|单元|室|栋|座|(?<!\d)302(?![\d路])", shown)
