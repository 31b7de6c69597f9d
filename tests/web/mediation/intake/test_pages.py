"""A dispute comes in through the pages, without JavaScript."""

import re
from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Mail
from community.people.models import Person
from mediation.case.models import Case, Party, Side, Will
from mediation.case.states import State
from tests.mediation.filing import STATEMENT, filed, inviting, link_of
from tests.world import World, sign_in
from web.clock import Clock
from web.courier import duties, once

FORM = {
    "kind": "02",
    "statement": STATEMENT,
    "other_name": "阿强",
    "other_email": "qiang@example.org",
    "told": "true",
}


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_a_resident_files_and_keeps_a_receipt(client: httpx2.AsyncClient, town: World) -> None:
    await as_(client, town.lan)
    answer = await client.post("/disputes", data=FORM)
    assert answer.status_code == 303
    receipt = await client.get(answer.headers["location"])
    case = await Case.get()
    assert case.code in receipt.text
    assert "诉讼时效中断" in receipt.text


async def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(
    client: httpx2.AsyncClient, town: World
) -> None:
    await as_(client, town.lan)
    answer = await client.post("/disputes", data={**FORM, "other_name": "", "told": ""})
    assert answer.status_code == 422
    assert STATEMENT in answer.text
    assert "这一项还没有填" in answer.text
    assert await Case.all().count() == 0


@pytest.mark.parametrize("text", ["卡\x00住", "卡\ud800住", "\x07"])
async def test_broken_text_is_refused_with_a_sentence(client: httpx2.AsyncClient, town: World, text: str) -> None:
    await as_(client, town.lan)
    body = "&".join(f"{k}={v}" for k, v in {**FORM, "statement": "x"}.items()).encode() + b"&wish="
    raw = body + text.encode("utf-8", "surrogatepass")
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await client.post("/disputes", content=raw, headers=headers)
    assert answer.status_code in (303, 422)


async def test_the_invitation_mail_leads_to_a_page_that_answers_only_on_post(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    case = await inviting(town)
    clock.move(timedelta(days=1))
    await once(duties(app), clock)
    token = await link_of(case)
    shown = await client.get(f"/i/{token}")
    assert shown.status_code == 200
    assert "阿兰" not in shown.text
    assert STATEMENT not in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert (await Party.get(case_id=case.id, side=Side.RESPONDENT)).will is Will.OPENED
    answer = await client.post(f"/i/{token}", data={"answer": "yes", "name": "阿强"})
    assert answer.headers["location"] == f"/cases/{case.code}"
    inside = await client.get(f"/cases/{case.code}")
    assert inside.status_code == 200
    assert (await Party.get(case_id=case.id, side=Side.RESPONDENT)).will is Will.CONSENTED


async def test_a_refusal_is_one_tap(client: httpx2.AsyncClient, town: World) -> None:
    case = await inviting(town)
    answer = await client.post(f"/i/{await link_of(case)}", data={"answer": "no"})
    assert "不用说理由" in answer.text
    assert (await Case.get(id=case.id)).state is State.CLOSED


async def test_the_whole_way_to_the_mediator(client: httpx2.AsyncClient, town: World) -> None:
    case = await filed(town)
    at = f"/cases/{case.code}"
    await as_(client, town.intake)
    desk = await client.get("/desk")
    assert case.code in desk.text
    without = await client.post(f"{at}/invitation", data={"name": "阿强", "email": "qiang@example.org"})
    assert without.status_code == 422
    ticks = {"name": "阿强", "email": "qiang@example.org", "scope_ok": "true", "screened": "true"}
    assert (await client.post(f"{at}/invitation", data=ticks)).status_code == 303
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    heard = {"party": party.code, "answer": "yes", "method": "phone"}
    assert (await client.post(f"{at}/answers", data=heard)).status_code == 303
    assert (await client.post(f"{at}/acceptance")).status_code == 303
    await as_(client, town.director)
    form = await client.get(f"{at}/assignment")
    assert "吴老师" in form.text
    chosen = {"mediator": town.mediator.code, "clear": "true", "willing": "true"}
    assert (await client.post(f"{at}/assignment", data=chosen)).status_code == 303
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    await as_(client, town.mediator)
    mine = await client.get(at)
    assert STATEMENT in mine.text
    assert "吴老师" in mine.text


async def test_a_letter_can_be_printed_with_a_code_that_opens_the_invitation(
    client: httpx2.AsyncClient, town: World
) -> None:
    case = await inviting(town)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    await as_(client, town.intake)
    letter = await client.post(f"/cases/{case.code}/parties/{party.code}/letter")
    assert "<svg" in letter.text
    found = re.search(r"/i/[\w-]+", letter.text)
    assert found
    client.cookies.clear()
    assert (await client.get(found[0])).status_code == 200
    sent = await client.post(found[0], data={"answer": "yes", "name": "阿强"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/sign-in?next={found[0]}")


async def test_others_get_the_same_404_as_for_a_case_that_does_not_exist(
    client: httpx2.AsyncClient, town: World
) -> None:
    case = await filed(town)
    for person in (town.stranger, town.xiu, town.qiang, town.zhao):
        await as_(client, person)
        theirs, nobodys = await client.get(f"/cases/{case.code}"), await client.get("/cases/HY0000000000Z")
        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert theirs.text.replace(case.code, "X") == nobodys.text.replace("HY0000000000Z", "X")


async def test_the_party_office_sees_that_there_is_a_case_and_nothing_of_it(
    client: httpx2.AsyncClient, town: World
) -> None:
    case = await filed(town)
    await as_(client, town.moderator)
    seen = (await client.get(f"/cases/{case.code}")).text + (await client.get("/desk")).text
    assert case.code in seen
    for secret in (STATEMENT, "阿兰", "阿强", "13800138000"):
        assert secret not in seen


async def test_mails_about_a_case_name_nobody(client: httpx2.AsyncClient, town: World, app: Starlette) -> None:
    await inviting(town)
    await once(duties(app), app.state.clock)
    for mail in await Mail.all():
        assert "滴水" not in f"{mail.facts}{mail.template}"
