"""Finding numbers in free text, and the check digits behind it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.privacy.checks import USCC_SIGNS, card_number_fits, id_number_fits, uscc_fits
from community.privacy.scan import Found, mask_text, scan

IDS = ("11010519491231002X", "440524188001010014")
USCC = "91350100M000100Y43"
CARD = "6222021234567890128"


@pytest.mark.parametrize("number", IDS)
def test_identity_numbers_are_checked_to_the_last_sign(number: str) -> None:
    assert id_number_fits(number)
    assert id_number_fits(number.lower())
    assert [d for d in "0123456789X" if id_number_fits(number[:-1] + d)] == [number[-1]]


@pytest.mark.parametrize(
    "number", ["", "1101051949123100", "11010519490231002X", "1101051949123100２X", "A1010519491231002X"]
)
def test_what_is_no_identity_number(number: str) -> None:
    assert not id_number_fits(number)


@given(place=st.integers(0, 17), sign=st.sampled_from(USCC_SIGNS))
def test_one_wrong_sign_in_a_credit_code_is_caught(place: int, sign: str) -> None:
    assert uscc_fits(USCC[:place] + sign + USCC[place + 1 :]) == (sign == USCC[place])


def test_a_credit_code_has_no_small_letters_and_no_i() -> None:
    assert uscc_fits(USCC)
    assert not any(uscc_fits(code) for code in ("", USCC.lower(), USCC[:-1], "9135010IM000100Y43"))


@given(place=st.integers(0, 18), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_on_a_card_is_caught(place: int, digit: str) -> None:
    assert card_number_fits(CARD[:place] + digit + CARD[place + 1 :]) == (digit == CARD[place])


def kinds(text: str) -> list[Found]:
    return [found.kind for found in scan(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我的身份证是11010519491231002X。", [Found.ID_NUMBER]),
        ("身份证110105 19491231 002x", [Found.ID_NUMBER]),
        ("打13800138000或者139-0013-9000", [Found.PHONE, Found.PHONE]),
        ("电话+86 13800138000", [Found.PHONE]),
        ("１３８００１３８０００", [Found.PHONE]),
        ("13800138000 13900139000", [Found.PHONE, Found.PHONE]),
        ("卡号6222 0212 3456 7890 128", [Found.CARD]),
        (f"转到{CARD}，我电话13800138000，身份证{IDS[1]}", [Found.CARD, Found.PHONE, Found.ID_NUMBER]),
        ("11010519491231002", []),  # one digit short
        ("110105194912310021", []),  # wrong check digit
        ("订单号138001380001", []),
        ("电话12800138000", []),
        ("6222021234567890129", []),
        ("赔3200元，9月30日前付清，住302室", []),
        ("", []),
    ],
)
def test_scan(text: str, found: list[Found]) -> None:
    assert kinds(text) == found


def test_a_finding_points_at_its_digits() -> None:
    (found,) = scan("请打13800138000。")
    assert (found.start, found.end) == (2, 13)


def test_masked_text_gives_nothing_away_and_keeps_the_rest() -> None:
    text = f"请打138-0013-8000，身份证{IDS[0]}，卡{CARD}。"
    assert mask_text(text) == "请打138****8000，身份证**************002X，卡***************0128。"
    assert scan(mask_text(text)) == []


@given(st.text(st.sampled_from("0123456789Xx -，张１"), max_size=120))
def test_findings_never_overlap_and_masking_ends(text: str) -> None:
    findings = scan(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(findings))
    assert len(scan(mask_text(text))) <= len(findings)
