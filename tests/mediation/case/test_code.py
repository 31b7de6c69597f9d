"""The query code: unguessable, typed with slips, wrong by no sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from mediation.case.code import LENGTH, PREFIX, SIGNS, check_sign, new_code, normal

BODIES = st.text(SIGNS, min_size=LENGTH, max_size=LENGTH)
CODES = BODIES.map(lambda body: PREFIX + body + check_sign(body))


def test_a_code_has_its_form_and_no_two_are_alike() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 13 and normal(code) == code for code in codes)
    assert {sign for code in codes for sign in code[2:]} == set(SIGNS)


@given(code=CODES, place=st.integers(2, 12), wrong=st.sampled_from(SIGNS))
def test_every_single_wrong_sign_is_caught(code: str, place: int, wrong: str) -> None:
    spoilt = code[:place] + wrong + code[place + 1 :]
    if spoilt == code:
        assert normal(spoilt) == code
    else:
        with pytest.raises(Unfit, match="有一位不对"):
            normal(spoilt)


@given(code=CODES, one=st.integers(2, 12), two=st.integers(2, 12))
def test_every_exchange_of_two_signs_is_caught(code: str, one: int, two: int) -> None:
    signs = list(code)
    signs[one], signs[two] = signs[two], signs[one]
    if (spoilt := "".join(signs)) == code:
        assert normal(spoilt) == code
    else:
        with pytest.raises(Unfit, match="有一位不对"):
            normal(spoilt)


@given(code=CODES, data=st.data())
def test_slips_of_hand_and_eye_are_mended(code: str, data: st.DataObject) -> None:
    slips = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(data.draw(st.sampled_from(slips.get(sign, sign + sign.lower()))) for sign in code)
    typed = data.draw(st.sampled_from(("", " ", "-"))).join(typed)
    assert normal(f" {typed}\n") == code


@pytest.mark.parametrize(
    "typed", ["", "HY", "7K3M9Q2T4VX", "HY7K3M9Q2T4V", "HY7K3M9Q2T4VXX", "HX7K3M9Q2T4VX", "HY七K3M9Q2T4VX"]
)
def test_what_is_no_code_says_what_one_looks_like(typed: str) -> None:
    with pytest.raises(Unfit, match="HY 开头的13位") as refused:
        normal(typed)
    assert refused.value.field == "code"


def test_u_is_no_sign() -> None:
    with pytest.raises(Unfit, match="HY 开头的13位"):
        normal("HYU000000000U")


def test_the_check_sign_is_fixed_for_ever() -> None:
    """A changed scheme would void every receipt already handed out."""
    bodies = ("0000000000", "0000000001", "1000000000", "7K3M9Q2T4V")
    assert [check_sign(body) for body in bodies] == ["0", "2", "H", "W"]
