"""Passwords and sessions, on both engines."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from community.errors import Hidden, TooOften, Unfit
from community.people import password, signin
from community.people.links import make, whose
from community.people.models import Person, Session
from community.people.queries import my_sessions
from community.people.rules import Purpose
from community.people.sessions import begin, end_mine, hash_of_token, sign_out_everywhere
from tests.community.people.given import (
    GOOD,
    HOST,
    LATER,
    open_session,
)
from tests.community.people.post import last
from tests.world import NOON, World


async def test_five_wrong_passwords_shut_the_account_for_a_while_and_no_longer(world: World) -> None:
    await password.set_password(world.lan, GOOD, at=NOON)
    guesses = [signin.by_password(world.lan.email, f"wrong {n}", host=HOST, at=NOON) for n in range(20)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sorted(type(each).__name__ for each in results) == ["TooOften"] * 15 + ["Unfit"] * 5
    with pytest.raises(TooOften):
        await signin.by_password(world.lan.email, GOOD, host=HOST, at=NOON)
    after = NOON + timedelta(minutes=15)
    assert (await signin.by_password(world.lan.email, GOOD, host=HOST, at=after)).id == world.lan.id


async def test_unknown_known_and_passwordless_addresses_are_refused_alike(world: World) -> None:
    await password.set_password(world.lan, GOOD, at=NOON)
    said = []
    for address in (world.lan.email, world.qiang.email, "nobody@example.org"):
        with pytest.raises(Unfit) as why:
            await signin.by_password(address, "wrong password", host=HOST, at=NOON)
        said.append((why.value.reason, why.value.field, dict(why.value.facts)))
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("stored", [None, "of somebody"])
async def test_an_unknown_account_costs_as_much_as_a_known_one(
    stored: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[str] = []
    known = password.HASHER.hash(GOOD) if stored else None
    verify = type(password.HASHER).verify

    def counted(self: PasswordHasher, hashed: str, typed: str) -> bool:
        costs.append(hashed)
        return verify(self, hashed, typed)

    monkeypatch.setattr(type(password.HASHER), "verify", counted)
    assert await password.matches(GOOD, known) is (stored is not None)
    assert [hashed.split("$")[1:4] for hashed in costs] == [["argon2id", "v=19", "m=19456,t=2,p=1"]]


async def test_the_hash_is_argon2id_with_the_chosen_cost(world: World) -> None:
    await password.set_password(world.lan, GOOD, at=NOON)
    stored = (await Person.get(id=world.lan.id)).password_hash or ""
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not await password.matches(GOOD, "not a hash")


async def test_a_new_password_ends_the_other_sessions_voids_links_and_is_told(world: World) -> None:
    here, there = await open_session(world.lan), await open_session(world.lan)
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    version = (await Person.get(id=world.lan.id)).authz_version
    await password.set_password(world.lan, GOOD, keep_session=here.id, at=LATER)
    assert [each.id for each in await my_sessions(world.lan, at=LATER)] == [here.id]
    assert (await Session.get(id=there.id)).ended_at == LATER
    assert (await Person.get(id=world.lan.id)).authz_version > version
    assert await whose(sent, Purpose.SIGN_IN, at=LATER) is None
    assert (await last("mail_safety")).to == world.lan.email


async def test_signing_out_everywhere(world: World) -> None:
    for _ in range(3):
        await open_session(world.lan)
    other = await open_session(world.qiang)
    await sign_out_everywhere(world.lan, by=world.lan, at=LATER)
    assert await my_sessions(world.lan, at=LATER) == []
    assert [each.id for each in await my_sessions(world.qiang, at=LATER)] == [other.id]
    assert (await Person.get(id=world.lan.id)).authz_version == 1


async def test_only_ones_own_sessions_can_be_ended(world: World) -> None:
    session = await open_session(world.lan)
    with pytest.raises(Hidden):
        await end_mine(world.qiang, session.code, at=LATER)
    await end_mine(world.lan, session.code, at=LATER)
    assert (await Session.get(id=session.id)).ended_at == LATER


@pytest.mark.parametrize(("shared", "life"), [(True, timedelta(hours=12)), (False, timedelta(days=30))])
async def test_a_session_on_a_shared_telephone_is_short(world: World, shared: bool, life: timedelta) -> None:  # noqa: FBT001
    made = await begin(world.lan, shared=shared, agent="x" * 500, at=NOON)
    session = await Session.get(token_hash=hash_of_token(made))
    assert (session.expires_at - session.began_at, session.shared, len(session.agent)) == (life, shared, 120)
