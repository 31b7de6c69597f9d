"""What happens to accounts, on both engines."""

import asyncio
from datetime import datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from community.errors import Forbidden, Hidden, MovedOn, TooOften, Unfit
from community.notice.models import Mail, Notice
from community.people import factor, password, signin
from community.people.links import make, use, whose
from community.people.models import Holding, Link, NoticeSeen, Person, RecoveryCode, Session
from community.people.offices import appoint_first, end_role, grant_role
from community.people.profile import Choices, choose
from community.people.queries import codes_left, my_sessions, offices
from community.people.roles import all_roles, roles_in_org, roles_in_place
from community.people.rules import NOTICE_VERSION, Purpose
from community.people.sessions import begin, end_mine, hash_of_token, sign_out_everywhere
from community.people.signup import Looks, confirm, forget_unconfirmed, sign_up
from community.record.models import Event
from community.record.outbox import deliver, facts_of
from community.record.transaction import command
from community.rights import Role
from tests.community.people.post import last, token
from tests.world import NOON, World
from web.telling import tell

GOOD = "shan-cha-82-mu-tong"
HOST = "192.0.2.7"
LATER = NOON + timedelta(minutes=5)


async def join(email: str = "new@example.org", name: str = "新邻居", *, community: int | None = None) -> None:
    await sign_up(name=name, email=email, community_id=community, notice_version=NOTICE_VERSION, looks=Looks(), at=NOON)


async def kinds() -> list[str]:
    return [event.kind for event in await Event.all().order_by("id")]


async def open_session(person: Person, at: datetime = NOON) -> Session:
    made = await begin(person, shared=False, agent="Firefox", at=at)
    return await Session.get(token_hash=hash_of_token(made)).select_related("person")


async def with_factor(person: Person) -> tuple[Session, str, list[str]]:
    session, secret = await open_session(person), factor.new_secret()
    _, codes = await factor.set_up(session, secret, pyotp.TOTP(secret).at(NOON), host=HOST, at=NOON)
    return await Session.get(id=session.id).select_related("person"), secret, codes


# Signing up


async def test_an_account_waits_for_its_mailbox(world: World) -> None:
    await join("New@Example.org")
    person = await Person.get(email="new@example.org")
    assert (person.confirmed_at, person.community_id, person.password_hash) == (None, world.community.id, None)
    assert await NoticeSeen.filter(person_id=person.id, version=NOTICE_VERSION).count() == 1
    with pytest.raises(Unfit, match="邮箱或密码不对"):
        await signin.by_password("new@example.org", GOOD, host=HOST, at=NOON)
    confirmed = await confirm(await token("mail_confirm"), password=GOOD, person=person, at=LATER)
    assert confirmed.id == person.id
    assert (await signin.by_password("new@example.org", GOOD, host=HOST, at=LATER)).id == person.id
    assert {"person.joined", "link.made", "person.confirmed"} <= set(await kinds())


async def test_a_known_address_gets_a_sign_in_link_and_nothing_changes(world: World) -> None:
    await join(world.lan.email, "冒名")
    assert (await Person.get(id=world.lan.id)).name == "阿兰"
    assert [mail.template for mail in await Mail.all()] == ["community/people/mail_sign_in"]


async def test_nobody_can_choose_the_password_of_a_mailbox_that_is_not_theirs(world: World) -> None:
    await join(name="抢注的")
    await join(name="真的主人")
    assert (await Person.get(email="new@example.org")).name == "真的主人"
    assert (await Person.get(email="new@example.org")).password_hash is None


async def test_twenty_at_once_make_one_account(world: World) -> None:
    await asyncio.gather(*(join() for _ in range(20)))
    assert await Person.filter(email="new@example.org").count() == 1


async def test_a_weak_first_password_leaves_the_link_good(world: World) -> None:
    await join()
    person, sent = await Person.get(email="new@example.org"), await token("mail_confirm")
    with pytest.raises(Unfit, match="容易被猜到"):
        await confirm(sent, password="12345678", person=person, at=LATER)
    await confirm(sent, person=person, at=LATER)


async def test_what_was_typed_for_a_mailbox_that_never_answers_is_forgotten(world: World) -> None:
    await join()
    before = await Person.all().count()
    assert await forget_unconfirmed(at=NOON + timedelta(days=6)) == 0
    assert await forget_unconfirmed(at=NOON + timedelta(days=7)) == 1
    assert await Person.all().count() == before - 1
    assert await Link.all().count() == 0


async def test_an_old_notice_is_not_acknowledged(world: World) -> None:
    with pytest.raises(Unfit, match="隐私说明刚刚更新过"):
        await sign_up(
            name="新", email="n@example.org", community_id=None, notice_version="2000", looks=Looks(), at=NOON
        )


# Links


@command
async def spend(sent: str, purpose: Purpose, at: datetime) -> int:
    return (await use(sent, purpose, at=at)).id


async def test_of_ten_uses_at_once_one_succeeds(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    results = await asyncio.gather(*(signin.by_link(sent, at=LATER) for _ in range(10)), return_exceptions=True)
    assert [type(each) for each in results if isinstance(each, Exception)] == [MovedOn] * 9


@pytest.mark.parametrize(
    ("purpose", "minutes", "good"),
    [
        (Purpose.SIGN_IN, 19, True),
        (Purpose.SIGN_IN, 20, False),
        (Purpose.SET_PASSWORD, 20, False),
        (Purpose.CONFIRM, 23 * 60, True),
        (Purpose.CONFIRM, 24 * 60, False),
    ],
)
async def test_a_link_is_good_for_a_while(world: World, purpose: Purpose, minutes: int, good: bool) -> None:  # noqa: FBT001
    sent = await make(world.lan, purpose, at=NOON)
    assert (await whose(sent, purpose, at=NOON + timedelta(minutes=minutes)) is not None) is good


async def test_a_link_is_good_for_its_purpose_only(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    for other in (Purpose.CONFIRM, Purpose.SET_PASSWORD):
        assert await whose(sent, other, at=LATER) is None
    with pytest.raises(MovedOn):
        await password.reset_password(sent, GOOD, person=world.lan, at=LATER)
    assert await whose(sent, Purpose.SIGN_IN, at=LATER)


async def test_only_the_hash_of_a_link_is_kept(world: World) -> None:
    sent = await make(world.lan, Purpose.SIGN_IN, at=NOON)
    assert sent not in str(await Link.all().values())
    assert len(sent) >= 22  # 128 bits in base64
    events = [event.body for event in await Event.all()]
    assert all(sent not in body for body in events)


async def test_using_one_link_voids_the_others_of_its_purpose(world: World) -> None:
    first, second = [await make(world.lan, Purpose.SIGN_IN, at=NOON) for _ in range(2)]
    await signin.by_link(second, at=LATER)
    with pytest.raises(MovedOn):
        await signin.by_link(first, at=LATER)


# Passwords and sessions


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


# The second factor


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


# Offices


async def test_an_office_is_granted_used_and_ended_at_once(world: World) -> None:
    until = NOON + timedelta(days=365)
    holding = await grant_role(
        "stranger@example.org", Role.INTAKE, org=world.mediation_committee, until=until, by=world.admin, at=NOON
    )
    org = world.mediation_committee.id
    assert Role.INTAKE in await roles_in_org(world.stranger, org, at=NOON)
    await end_role(holding.code, by=world.admin, at=LATER)
    assert await roles_in_org(world.stranger, org, at=LATER) == frozenset()
    assert (await Person.get(id=world.stranger.id)).authz_version == 2
    events = await Event.filter(kind__startswith="role.").order_by("id")
    await deliver(tell, consumer="notice", at=LATER)
    told = await Notice.filter(person_id=world.stranger.id).order_by("id")
    assert [("新的任职" in each.sentence, "结束" in each.sentence) for each in told] == [(True, False), (False, True)]
    assert [(event.kind, event.actor_id, facts_of(event)["role"]) for event in events] == [
        ("role.granted", world.admin.id, "intake"),
        ("role.ended", world.admin.id, "intake"),
    ]
    with pytest.raises(MovedOn):
        await end_role(holding.code, by=world.admin, at=LATER)


@pytest.mark.parametrize(
    ("email", "role", "error"),
    [
        ("nobody@example.org", Role.CLERK, Unfit),
        ("admin@example.org", Role.CLERK, Forbidden),
        ("lan@example.org", Role.OWNER, Unfit),
        ("clerk@example.org", Role.CLERK, Unfit),
        ("clerk@example.org", Role.SUPERVISOR, Unfit),
        ("supervisor@example.org", Role.CLERK, Unfit),
    ],
)
async def test_offices_that_may_not_be(world: World, email: str, role: Role, error: type[Exception]) -> None:
    before = await offices(world.admin, at=NOON)
    with pytest.raises(error):
        await grant_role(email, role, place=world.community, by=world.admin, at=NOON)
    assert len(await offices(world.admin, at=NOON)) == len(before)


async def test_one_office_granted_twice_at_once_is_held_once(world: World) -> None:
    again = [
        grant_role("stranger@example.org", Role.INTAKE, org=world.mediation_committee, by=world.admin, at=NOON)
        for _ in range(4)
    ]
    found = await asyncio.gather(*again, return_exceptions=True)
    assert sum(isinstance(each, Holding) for each in found) == 1
    assert sum(isinstance(each, Unfit) for each in found) == 3
    assert await Holding.filter(person_id=world.stranger.id).count() == 1


async def test_only_who_may_grant_grants_and_only_inside_their_place(world: World) -> None:
    for by, place in ((world.clerk, world.community), (world.lan, world.community), (world.admin, world.street)):
        with pytest.raises(Forbidden):
            await grant_role("stranger@example.org", Role.CLERK, place=place, by=by, at=NOON)
    held = (await offices(world.admin, at=NOON))[0]
    with pytest.raises(Forbidden):
        await end_role(held.code, by=world.clerk, at=NOON)


async def test_the_last_administrator_stays(world: World) -> None:
    mine = next(each for each in await offices(world.admin, at=NOON) if each.role is Role.ADMIN)
    with pytest.raises(Unfit, match="最后一位"):
        await end_role(mine.code, by=world.admin, at=NOON)


async def test_the_first_administrator_is_made_once_and_sees_to_everything(database: str) -> None:
    sent = await appoint_first("老王", "wang@example.org", at=NOON)
    person = await Person.get(email="wang@example.org")
    assert await all_roles(person, at=NOON) == {Role.ADMIN}
    await password.reset_password(sent, GOOD, person=person, at=LATER)
    assert (await signin.by_password("wang@example.org", GOOD, host=HOST, at=LATER)).id == person.id
    with pytest.raises(Forbidden):
        await appoint_first("小王", "xiao@example.org", at=NOON)


async def test_a_role_of_the_whole_installation_holds_everywhere(world: World) -> None:
    assert await roles_in_place(world.admin, world.street.id, at=NOON) == frozenset()
    await end_all_admins()
    await appoint_first("老王", "wang@example.org", at=NOON)
    person = await Person.get(email="wang@example.org")
    for place in (world.street, world.building):
        assert Role.ADMIN in await roles_in_place(person, place.id, at=NOON)
    assert await offices(person, at=NOON)
    await grant_role("stranger@example.org", Role.JUSTICE_OFFICE, place=world.street, by=person, at=NOON)


async def end_all_admins() -> None:
    await Holding.filter(role=Role.ADMIN).update(until=NOON)


# Settings


async def test_settings_are_kept(world: World) -> None:
    wanted = Choices(name="兰姨", lang="en", mode=world.lan.mode, text_size="xl", theme="dark", rhythm="weekly")
    await choose(world.lan, wanted, at=NOON)
    kept = await Person.get(id=world.lan.id)
    assert (kept.name, kept.lang, kept.text_size, kept.theme, kept.mail_digest) == (
        "兰姨",
        "en",
        "xl",
        "dark",
        "weekly",
    )
    with pytest.raises(Unfit):
        await choose(world.lan, Choices("", "en", world.lan.mode, "", "", "now"), at=NOON)


async def test_events_of_accounts_hold_no_names_and_no_addresses(world: World) -> None:
    await join(name="不该出现")
    await with_factor(world.lan)
    await password.set_password(world.lan, GOOD, at=NOON)
    text = "".join(event.body for event in await Event.all())
    assert not any(word in text for word in ("不该出现", "example.org", "阿兰", GOOD))
