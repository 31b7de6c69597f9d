"""The tables of accounts: addresses, limits, passwords, one-time codes, offices that clash."""

from datetime import timedelta

import pyotp
import pytest

from community.errors import Unfit
from community.people import factor
from community.people.rules import CLASHES, FROM_THE_ROLL, GRANTABLE, LIMITS, Deed, Scope, clash, tidy_email, tidy_name
from community.people.strength import EXAMPLE, require_strong, score
from community.rights import STAFF, Role
from tests.world import NOON


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lan@Example.ORG", "lan@example.org"),
        ("ｌａｎ＠example。org", "lan@example.org"),
        (" a.b+c@mail.example.cn ", "a.b+c@mail.example.cn"),
        ("10086@qq.com", "10086@qq.com"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert tidy_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "lan", "lan@", "@example.org", "lan@example", "a b@example.org", "lan@exa\nmple.org", "a@b@example.org",
     f"{'a' * 65}@example.org", f"a@{'b.' * 130}org", "阿兰@example.org", "lan@-x.org",
     "lan@example.org\r\nBcc: x@y.zz"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unfit, match="name@example") as why:
        tidy_email(typed)
    assert why.value.field == "email"


def test_a_name_is_one_line_and_not_too_long() -> None:
    assert tidy_name("  欧阳\n 阿兰 ") == "欧阳 阿兰"
    for wrong in ("  ", "长" * 33):
        with pytest.raises(Unfit):
            tidy_name(wrong)


def test_every_deed_is_limited_in_every_scope() -> None:
    assert set(LIMITS) == {(deed, scope) for deed in Deed for scope in Scope}
    for deed in (Deed.PASSWORD, Deed.CODE):
        limit = LIMITS[deed, Scope.ACCOUNT]
        assert (limit.most, limit.window, limit.quiet) == (5, timedelta(minutes=15), True)
    for deed in Deed:
        most = [LIMITS[deed, scope].most for scope in Scope]
        assert most == sorted(most), "wider scopes allow more"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("短", "太短"),
        ("1234567", "太短"),
        ("长" * 129, "太长"),
        ("13812345678", "手机号"),
        ("110101199003078888", "身份证"),
        ("password", "容易被猜到"),
        ("woaini1314", "容易被猜到"),
        ("5201314aini", "容易被猜到"),
        ("zhangwei1990", "容易被猜到"),
        ("qwer1234", "容易被猜到"),
        ("lan@example.org1", "容易被猜到"),
        ("xingfuli302", "容易被猜到"),
        (EXAMPLE, "容易被猜到"),
        ("1" * 128, "容易被猜到"),
    ],
)
async def test_a_password_that_would_be_guessed_is_refused(password: str, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence) as why:
        await require_strong(password, known=("阿兰", "lan@example.org"))
    assert why.value.field == "password"


@pytest.mark.parametrize(
    "password", ["shan-cha-82-mu-tong", "铁锅 木梳 星期六 石桥", "vK9#qLw2!zPa", "x" * 40 + "Ωq7 long tail"]
)
async def test_a_good_password_is_taken(password: str) -> None:
    await require_strong(password, known=("阿兰",))


def test_knowing_the_person_makes_it_weaker() -> None:
    assert score("qinghuaci8817", ("qinghuaci",)) < score("qinghuaci8817", ())


def test_codes_of_the_neighbouring_steps_are_taken_and_no_others() -> None:
    secret = factor.new_secret()
    totp, now = pyotp.TOTP(secret), int(NOON.timestamp())
    shown = {offset: factor.step_shown(secret, totp.at(now + offset * 30), NOON) for offset in range(-3, 4)}
    step = now // 30
    assert {offset: found and found - step for offset, found in shown.items() if found} == {-1: -1, 0: 0, 1: 1}


def test_a_code_in_strange_signs_is_only_wrong() -> None:
    assert factor.step_shown(factor.new_secret(), "１２３４五六", NOON) is None


def test_offices_that_watch_each_other_clash_both_ways() -> None:
    for one, other in map(tuple, CLASHES):
        assert clash(frozenset({one}), other) is one
        assert clash(frozenset({other}), one) is other
    assert clash(frozenset({Role.CLERK}), Role.INTAKE) is None


def test_what_the_roll_decides_cannot_be_granted() -> None:
    assert set(GRANTABLE) | FROM_THE_ROLL == set(Role)
    assert set(GRANTABLE) >= STAFF
