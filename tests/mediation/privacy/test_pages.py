"""Two people open something for some minutes; the parties see on the log who looked; what one agreed to."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Notice
from community.people.models import Holding, Person
from community.privacy import vault
from community.record.models import Event
from community.rights import Role
from mediation.assignment.commands import assign
from mediation.case.access import Seat
from mediation.case.keys import lock_party, opened, opened_case
from mediation.case.models import Case, Consent, Party
from mediation.case.queries import name_for
from mediation.intake.waiting import Sieve, sieved
from mediation.privacy.models import CaseReading, GlassPermit
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.mediation.filing import STATEMENT, accepted
from tests.world import NOON, World, sign_in
from web.courier import duties, once

AT = NOON + timedelta(days=3)
WISH = {"thing": "identity", "minutes": "30", "basis": "民法典第一百八十四条", "reason": "对方送医，要联系家里人。"}
PHONE = "13900139000"


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def officer(world: World, name: str, role: Role) -> Person:
    person = await Person.create(name=name, email=f"{role}@example.org", joined_at=NOON, confirmed_at=NOON)
    await Holding.create(person=person, role=role, place=world.street, since=NOON)
    return person


async def talking(world: World) -> Case:
    case = await accepted(world)
    return await assign(case.code, world.mediator.code, clear=True, willing=True, by=world.director, at=AT)


async def test_two_people_open_something_and_the_parties_are_told(
    app: Starlette, client: httpx2.AsyncClient, town: World
) -> None:
    case, guard = await talking(town), await officer(town, "护法老师", Role.PRIVACY_OFFICER)
    app.state.clock.move(AT - NOON)
    here, log = f"/cases/{case.code}/glass", f"/cases/{case.code}/access"
    await as_(client, town.director)
    assert PHONE not in (await client.get(f"/cases/{case.code}")).text
    for missing in ("basis", "reason", "minutes"):
        assert (await client.post(here, data={**WISH, missing: ""})).status_code == 422
    assert (await client.post(here, data={**WISH, "thing": "caucus"})).status_code == 404
    there = (await client.post(here, data=WISH)).headers["location"]
    assert (await client.post(here, data=WISH)).status_code == 409
    assert (await client.post(there, data={"answer": "yes"})).status_code == 403, "who asked does not agree"
    assert (await client.post(f"{there}/opening")).status_code == 409
    await once(duties(app), app.state.clock)
    assert [each.url for each in await Notice.filter(person_id=guard.id)] == [there]
    for other in (town.mediator, town.lan, town.admin, town.stranger):
        await as_(client, other)
        assert (await client.get(there)).status_code == 404
        assert (await client.post(there, data={"answer": "yes"})).status_code == 404
    await as_(client, guard)
    assert WISH["reason"] in (await client.get(there)).text
    assert (await client.post(there)).status_code == 422
    assert (await client.post(there, data={"answer": "yes"})).status_code == 303
    assert (await client.post(there, data={"answer": "no"})).status_code == 409
    assert (await client.post(f"{there}/opening")).status_code == 404, "the second person does not read"
    await as_(client, town.director)
    shown = await client.post(f"{there}/opening")
    assert PHONE in shown.text
    assert shown.headers["cache-control"] == "no-store"
    await client.post(f"{there}/opening")
    await once(duties(app), app.state.clock)
    assert await Notice.filter(person_id=town.qiang.id, url=log).count() == 1, "the parties are told once"
    await as_(client, town.qiang)
    seen = (await client.get(log)).text
    assert WISH["basis"] in seen
    assert WISH["reason"] not in seen
    assert "护法老师" not in seen, "those outside stand there by office"
    assert "个人信息保护负责人" in seen
    await as_(client, guard)
    assert WISH["reason"] in (await client.get(log)).text
    app.state.clock.move(timedelta(minutes=30))
    await as_(client, town.director)
    assert (await client.post(f"{there}/opening")).status_code == 409, "it has shut by itself"
    kept = await GlassPermit.get(case_id=case.id)
    assert WISH["reason"] not in kept.reason
    assert await Event.filter(kind="case.glass-read").count() == 2


async def test_the_log_says_who_opened_what_and_never_what_a_party_read(
    app: Starlette, client: httpx2.AsyncClient, town: World
) -> None:
    case = await talking(town)
    app.state.clock.move(AT - NOON)
    alone = await Room.filter(case_id=case.id, kind=RoomKind.CAUCUS).select_related("party").order_by("id").first()
    assert alone is not None
    assert alone.party is not None
    pages = ("", "", f"/rooms/{alone.code}")
    for reader in (town.lan, town.mediator, town.intake, town.director):
        await as_(client, reader)
        for tail in pages:
            await client.get(f"/cases/{case.code}{tail}")
    app.state.clock.move(timedelta(minutes=20))
    await as_(client, town.mediator)
    await client.get(f"/cases/{case.code}")
    rows = {(each.person_id, str(each.thing)): each for each in await CaseReading.all()}
    mediator, director = town.mediator.id, town.director.id
    assert set(rows) == {
        (mediator, "identity"), (mediator, "statement"), (mediator, "caucus"), (director, "statement"),
    }  # fmt: skip
    assert rows[mediator, "statement"].last_at - rows[mediator, "statement"].first_at == timedelta(minutes=20)
    assert await Event.filter(kind="case.read").count() == 4
    seen = {}
    for reader in (town.lan, town.qiang, town.director):
        await as_(client, reader)
        seen[reader.name] = (await client.get(f"/cases/{case.code}/access")).text
    side, other = (town.lan, town.qiang) if alone.party.person_id == town.lan.id else (town.qiang, town.lan)
    assert "一方单独和调解员说的话" in seen[side.name]
    assert "一方单独和调解员说的话" not in seen[other.name], "the other side does not learn that there was a talk"
    assert all("吴老师" in text for text in seen.values())


async def test_a_party_sees_their_own_answers_and_when_one_was_taken_back(
    client: httpx2.AsyncClient, town: World
) -> None:
    case = await accepted(town)
    mine = await Party.get(case_id=case.id, side="R")
    for given, days in ((True, 3), (False, 4)):
        at = NOON + timedelta(days=days)
        await Consent.create(party=mine, act="handover", given=given, text_version="handover-1", method="click", at=at)
    await as_(client, town.qiang)
    page = (await client.get(f"/cases/{case.code}/consents")).text
    assert page.count("愿意调解，个人信息用于调解") == 1
    assert "已收回" in page
    await as_(client, town.lan)
    page = (await client.get(f"/cases/{case.code}/consents")).text
    assert "已收回" not in page
    await as_(client, town.mediator)
    assert (await client.get(f"/cases/{case.code}/consents")).status_code == 404


NUMBER = "11010519491231002X"  # the example of GB 11643


async def test_a_party_leaves_who_they_are_and_takes_it_back(client: httpx2.AsyncClient, town: World) -> None:
    case = await talking(town)
    here = f"/cases/{case.code}/identity"
    card = {"id_number": " 11010519491231002x", "address": "清河街道幸福小区3号楼2单元302室", "agreed": "true"}
    await as_(client, town.lan)
    for name, wrong in (("id_number", "110105194912310021"), ("address", "长" * 121), ("agreed", "")):
        assert (await client.post(here, data={**card, name: wrong})).status_code == 422
    assert (await client.post(here, data=card)).status_code == 303
    page = (await client.get(here)).text
    assert "**************002X" in page
    assert NUMBER not in page
    assert "2单元" not in page
    stored = await Party.get(case_id=case.id, person_id=town.lan.id)
    assert NUMBER not in stored.id_number + stored.id_mark
    assert stored.id_number.startswith("v1.own."), "locked with the key of the case"
    await as_(client, town.qiang)
    assert "002X" not in (await client.get(here)).text, "the other side sees nothing of it"
    await as_(client, town.mediator)
    assert NUMBER in (await client.get(here)).text
    assert await CaseReading.filter(person_id=town.mediator.id, thing="identity").count() == 1
    await Case.filter(id=case.id).update(state="registered")
    found = await sieved([town.mediation_committee.id], Sieve(words=NUMBER))
    assert [each.id for each in found] == [case.id], "the intake desk finds it by the number"
    await Case.filter(id=case.id).update(state="mediating")
    await as_(client, town.lan)
    assert (await client.post(here, data={"agreed": "true"})).status_code == 422
    assert (await client.post(here, data={"address": "清河街道", "agreed": "true"})).status_code == 303
    assert opened(await Party.get(id=stored.id), "id_number") == NUMBER, "what is left empty stays"
    assert (await client.post(f"{here}/taking-back")).status_code == 303
    assert opened(await Party.get(id=stored.id), "id_number") == ""
    assert "已收回" in (await client.get(f"/cases/{case.code}/consents")).text


async def test_a_destroyed_key_takes_names_and_story_with_it(town: World) -> None:
    case, other = await accepted(town), await accepted(town)
    mine, theirs = await Party.get(case_id=case.id, side="A"), await Party.get(case_id=other.id, side="A")
    assert (opened(mine, "name"), opened_case(case, "statement")) == ("阿兰", STATEMENT)
    mine.data_key = theirs.data_key
    with pytest.raises(vault.Tampered):
        opened(mine, "name")
    mine.data_key = case.data_key = ""
    with pytest.raises(vault.Tampered):
        opened(mine, "name")
    with pytest.raises(vault.Tampered):
        opened_case(case, "statement")


async def test_a_list_shows_a_surname_and_of_a_child_not_even_that(town: World) -> None:
    case = await accepted(town)
    child = await Party.get(case_id=case.id, side="R")
    shown = {seat: name_for([seat], case, child) for seat in (Seat.JUSTICE, Seat.CENTRE, Seat.DIRECTOR, Seat.COLLEAGUE)}
    assert shown == {Seat.JUSTICE: "阿*", Seat.CENTRE: "阿*", Seat.DIRECTOR: "阿强", Seat.COLLEAGUE: "R1"}
    lock_party(child, "born", "2008-05-07")  # eighteen on the fourth day after the filing
    assert name_for([Seat.JUSTICE], case, child) == "未成年人A"
    assert name_for([Seat.DIRECTOR], case, child) == "阿强"
    lock_party(child, "born", "2008-05-04")  # eighteen on the very day
    assert name_for([Seat.JUSTICE], case, child) == "阿*"
