"""The second factor, on both engines."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from community.errors import Forbidden, MovedOn, Unfit
from community.people import factor
from community.people.models import Person, RecoveryCode, Session
from community.people.queries import codes_left
from community.people.sessions import hash_of_token
from tests.community.people.given import (
    HOST,
    LATER,
    with_factor,
)
from tests.world import NOON, World


async def test_a_code_is_good_once(world: World) -> None:
    session, secret, _ = await with_factor(world.clerk)
    shown = pyotp.TOTP(secret).at(NOON)
    with pytest.raises(Unfit, match="已经用过"):
        await factor.show_code(session, shown, host=HOST, at=NOON)
    at = NOON + timedelta(seconds=60)
    tries = [factor.show_code(session, pyotp.TOTP(secret).at(at), host=HOST, at=at) for _ in range(4)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in results if isinstance(each, Exception)] == [Unfit] * 3


async def test_guessing_codes_is_throttled(world: World) -> None:
    session, _, _ = await with_factor(world.clerk)
    guesses = [factor.show_code(session, "000000", host=HOST, at=LATER) for _ in range(20)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sorted(type(each).__name__ for each in results) == ["TooOften"] * 15 + ["Unfit"] * 5


async def test_showing_the_factor_changes_the_token(world: World) -> None:
    session, secret, _ = await with_factor(world.clerk)
    at = NOON + timedelta(seconds=60)
    fresh = await factor.show_code(session, pyotp.TOTP(secret).at(at), host=HOST, at=at)
    assert await Session.filter(token_hash=session.token_hash).count() == 0
    assert (await Session.get(token_hash=hash_of_token(fresh))).strong_at == at


async def test_the_secret_and_the_codes_on_paper_are_not_readable_in_the_database(world: World) -> None:
    _, secret, codes = await with_factor(world.clerk)
    rows = f"{await Person.all().values()}{await RecoveryCode.all().values()}"
    assert secret not in rows
    assert not any(code in rows or code.replace("-", "") in rows for code in codes)


async def test_a_code_on_paper_is_good_once_and_forgives_look_alikes(world: World) -> None:
    session, _, codes = await with_factor(world.clerk)
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("0", "O").replace("1", "l").replace("-", " ")
    await factor.show_code(session, typed, host=HOST, at=LATER)
    assert await codes_left(world.clerk) == 9
    with pytest.raises(Unfit):
        await factor.show_code(session, codes[0], host=HOST, at=LATER)


async def test_staff_keep_their_second_factor_and_residents_may_drop_it(world: World) -> None:
    _, _, codes = await with_factor(world.clerk)
    with pytest.raises(Forbidden):
        await factor.turn_off(world.clerk, codes[0], host=HOST, at=LATER)
    _, _, mine = await with_factor(world.lan)
    await factor.turn_off(await Person.get(id=world.lan.id), mine[0], host=HOST, at=LATER)
    assert (await Person.get(id=world.lan.id)).totp_secret is None
    assert await RecoveryCode.filter(person_id=world.lan.id).count() == 0


async def test_it_is_set_up_once(world: World) -> None:
    session, _, _ = await with_factor(world.clerk)
    other = factor.new_secret()
    with pytest.raises(MovedOn):
        await factor.set_up(session, other, pyotp.TOTP(other).at(NOON), host=HOST, at=NOON)
