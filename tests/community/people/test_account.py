"""Moving an account to another mailbox, and closing it."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import MovedOn, Unfit
from community.notice.models import Mail
from community.people import closing, leaving, moving, password, signin
from community.people.models import Person, Session
from community.people.proof import Proof
from community.people.rules import Method, Purpose
from community.people.sessions import begin, sign_out_everywhere
from community.tokens.commands import make
from community.tokens.models import ApiToken
from community.tokens.rules import Scope
from mediation.case.states import State
from tests.community.people import post
from tests.mediation.making import made_case
from tests.world import NOON, World, sign_in
from web.leaving import leavable

GOOD = "shan-cha-82-mu-tong"
SHOWN = Proof(Method.PASSWORD)
NEW = "moved@example.org"


async def _asked(world: World, email: str = NEW) -> str:
    await moving.ask(email, SHOWN, host="192.0.2.1", by=world.lan, at=NOON)
    return await post.token("mail_move")


async def test_a_mailbox_is_taken_by_the_link_sent_there_and_everything_else_ends(world: World) -> None:
    here, _elsewhere = [await begin(world.lan, shared=False, agent="", at=NOON) for _ in range(2)]
    token = await _asked(world)
    assert (await Person.get(id=world.lan.id)).email == world.lan.email
    kept = await Session.filter(person_id=world.lan.id).order_by("id").first()
    assert kept
    before = world.lan.email
    await moving.move(token, keep_session=kept.id, at=NOON)
    assert (await Person.get(id=world.lan.id)).email == NEW
    assert [each.id for each in await Session.filter(person_id=world.lan.id, ended_at=None)] == [kept.id]
    assert here
    told = await Mail.filter(template="community/people/mail_safety").order_by("id")
    assert [each.to for each in told] == [before, NEW]
    with pytest.raises(MovedOn):
        await moving.move(token, at=NOON)


async def test_a_link_to_sign_in_that_went_to_the_old_mailbox_is_worth_nothing(world: World) -> None:
    await signin.ask_link(world.lan.email, Purpose.SIGN_IN, lang="zh-CN", host="192.0.2.1", at=NOON)
    old = await post.token("mail_sign_in")
    await moving.move(await _asked(world), at=NOON)
    with pytest.raises(MovedOn):
        await signin.by_link(old, at=NOON)


async def test_a_mailbox_with_an_account_is_written_to_and_nothing_more(world: World) -> None:
    await moving.ask(world.qiang.email, SHOWN, host="192.0.2.1", by=world.lan, at=NOON)
    assert (await post.last("mail_taken")).to == world.qiang.email
    assert not await Mail.filter(template="community/people/mail_move").exists()
    with pytest.raises(Unfit):
        await moving.ask(world.lan.email, SHOWN, host="192.0.2.1", by=world.lan, at=NOON)


async def test_a_mailbox_taken_meanwhile_or_a_link_too_old_moves_nothing(world: World) -> None:
    token = await _asked(world)
    assert await moving.wanted(token, at=NOON + timedelta(hours=25)) is None
    await Person.filter(id=world.qiang.id).update(email=NEW)
    with pytest.raises(MovedOn):
        await moving.move(token, at=NOON)
    assert await moving.wanted(token, at=NOON), "the link is not used up by what failed"


async def test_who_left_is_signed_out_nameless_after_a_year_and_may_come_back(world: World) -> None:
    leavable()
    await begin(world.xiu, shared=False, agent="", at=NOON)
    await make("我的程序", [Scope.NOTICES_READ], days=30, by=world.xiu, at=NOON)
    email = world.xiu.email
    await closing.close(SHOWN, by=world.xiu, at=NOON)
    gone = await Person.get(id=world.xiu.id)
    assert (gone.closed_at, gone.password_hash, gone.name) == (NOON, None, world.xiu.name)
    assert not await Session.filter(person_id=gone.id, ended_at=None).exists()
    assert not await ApiToken.filter(person_id=gone.id, revoked_at=None).exists()
    assert (await post.last("mail_closed")).to == email
    assert not await Person.exists(email=email)
    assert await closing.forget_closed(at=NOON + timedelta(days=364)) == 0
    assert await closing.forget_closed(at=NOON + timedelta(days=365)) == 1
    assert await closing.forget_closed(at=NOON + timedelta(days=365)) == 0
    assert (await Person.get(id=gone.id)).name == closing.NAMELESS


async def test_an_office_and_an_open_dispute_stand_in_the_way(world: World) -> None:
    leavable()
    case = await made_case(world, State.MEDIATING)
    for person, word in ((world.clerk, "任职"), (world.lan, "调解")):
        with pytest.raises(Unfit, match=word):
            await closing.close(SHOWN, by=person, at=NOON)
    await case.__class__.filter(id=case.id).update(state=State.CLOSED)
    assert await leaving.bars_for(world.lan, at=NOON) == []


async def test_signing_out_everywhere_stops_the_tokens_of_programs(world: World) -> None:
    leavable()
    await make("我的程序", [Scope.NOTICES_READ], days=30, by=world.lan, at=NOON)
    await sign_out_everywhere(world.lan, by=world.lan, at=NOON)
    assert not await ApiToken.filter(person_id=world.lan.id, revoked_at=None).exists()


async def test_both_by_pages(client: httpx2.AsyncClient, town: World) -> None:
    await password.set_password(town.xiu, GOOD, at=NOON)
    client.cookies.update(await sign_in(town.xiu))
    proof = {"method": "password", "typed": GOOD}
    wrong = await client.post("/me/email", data={**proof, "email": NEW, "typed": "wrong"})
    assert (wrong.status_code, NEW in wrong.text, "密码不对" in wrong.text) == (422, True, True)
    answer = await client.post("/me/email", data={**proof, "email": NEW})
    assert answer.headers["location"] == "/me/settings?done=move-asked"
    link = await post.path("mail_move")
    assert NEW in (await client.get(link)).text
    assert (await Person.get(id=town.xiu.id)).email == town.xiu.email, "looking does nothing"
    assert (await client.post(link, data={})).headers["location"] == "/me/settings?done=moved"
    assert (await client.get(link)).status_code == 410
    assert NEW in (await client.get("/me/settings")).text

    unsure = await client.post("/me/end", data=proof)
    assert (unsure.status_code, "请先勾选" in unsure.text) == (422, True)
    assert (await client.post("/me/end", data={**proof, "sure": "on"})).headers["location"] == "/closed"
    assert "账号注销了" in (await client.get("/closed")).text
    assert (await client.get("/me")).status_code in (303, 401)


async def test_a_code_by_mail_proves_it_too(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.xiu))
    answer = await client.post("/me/end/code")
    assert answer.headers["location"] == "/me/end?way=mail&sent=1"
    code = str((await post.last("mail_code")).values["code"])
    data = {"method": "mail", "typed": code, "sure": "on"}
    assert (await client.post("/me/email", data={**data, "email": NEW})).status_code == 422, "it is for one deed alone"
    assert (await client.post("/me/end", data=data)).headers["location"] == "/closed"


async def test_whoever_holds_an_office_reads_what_to_do_first(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.clerk))
    page = (await client.get("/me/end")).text
    assert "任职" in page
    assert "注销我的账号" not in page
