"""The inbox, unsubscribing and the outbox of a trial, through the front door."""

from collections.abc import Iterable

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.commands import TOLD, tell
from community.notice.mail import queue_mail
from community.notice.models import Mail, MailState, Notice
from community.notice.queries import muted, unread
from community.people.models import Person
from community.record.transaction import transact
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.community.notice.outbox import ONE_TIME_CODES
from web.community.notice.tokens import make_token
from web.courier import duties, once
from web.settings import Settings

BREAK = "<script>alert(1)</script>"


async def told(people: Iterable[Person], *, url: str = "/", binding: bool = False, title: str = "修门") -> None:
    async def body() -> None:
        ids = [person.id for person in people]
        sentence = "“{title}”开始附议了。"
        await tell(ids, sentence, {"title": title}, url=url, at=NOON, topic="matter", binding=binding)

    await transact(body)


async def test_the_inbox_is_for_those_who_signed_in(client: httpx2.AsyncClient, town: World) -> None:
    assert (await client.get("/inbox")).status_code == 303


async def test_the_inbox_shows_what_was_told_and_counts_what_is_unread(client: httpx2.AsyncClient, town: World) -> None:
    await told([town.lan], title=BREAK)
    client.cookies.update(await sign_in(town.lan))
    shown = await client.get("/inbox")
    assert "开始附议了" in shown.text
    assert BREAK not in shown.text
    assert "未读" in shown.text
    opened = await client.get(f"/inbox/{(await Notice.get()).code}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    assert await unread(town.lan) == 0


async def test_all_can_be_marked_as_read_and_only_ones_own_opened(client: httpx2.AsyncClient, town: World) -> None:
    await told([town.lan, town.qiang])
    client.cookies.update(await sign_in(town.lan))
    other = await Notice.get(person_id=town.qiang.id)
    assert (await client.get(f"/inbox/{other.code}")).status_code == 404
    assert (await client.post("/inbox/read")).status_code == 303
    assert (await unread(town.lan), await unread(town.qiang)) == (0, 1)


async def test_a_long_inbox_has_pages(client: httpx2.AsyncClient, town: World) -> None:
    for n in range(35):
        await told([town.lan], title=f"第{n}件")
    client.cookies.update(await sign_in(town.lan))
    first = await client.get("/inbox")
    key = first.text.split("/inbox?before=")[1].split('"')[0]
    second = await client.get(f"/inbox?before={key}")
    assert ("第34件" in first.text, "第0件" in first.text) == (True, False)
    assert ("第34件" in second.text, "第0件" in second.text) == (False, True)
    assert (await client.get("/inbox?before=²")).status_code == 200


async def test_how_one_wants_mail_is_kept_and_nonsense_comes_back(client: httpx2.AsyncClient, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    assert (await client.get("/inbox/settings")).status_code == 200
    form = {"rhythm": "daily", "topics": ["matter", "ballot"]}
    assert (await client.post("/inbox/settings", data=form)).status_code == 303
    assert await muted(town.lan) == ["ballot", "matter"]
    assert (await Person.get(id=town.lan.id)).mail_digest == "daily"
    wrong = await client.post("/inbox/settings", data={"rhythm": "hourly"})
    assert wrong.status_code == 422
    assert "请从给出的选项里选一个" in wrong.text


async def test_looking_at_the_unsubscribe_page_changes_nothing_and_one_click_does(
    client: httpx2.AsyncClient, town: World
) -> None:
    address = f"/unsubscribe/{await make_token(town.lan.id, 'matter')}"
    assert "不再收“议事”的信" in (await client.get(address)).text
    assert await muted(town.lan) == []
    answer = await client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, await muted(town.lan)) == (200, ["matter"])
    assert "已经退订" in answer.text


@pytest.mark.parametrize("token", ["x", "a-b-c", "--", "a-matter-é", "%F0%9F%98%80"])
async def test_a_forged_token_unsubscribes_nobody(client: httpx2.AsyncClient, town: World, token: str) -> None:
    assert (await client.get(f"/unsubscribe/{token}")).status_code == 404
    assert (await client.post(f"/unsubscribe/{token}")).status_code == 404


async def test_in_a_trial_mails_end_in_the_outbox_with_their_links(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    await told([town.lan], url="/matters/1", title=BREAK)
    await once(duties(app), clock)
    mail = await Mail.get()
    assert mail.state is MailState.SENT
    assert "lan@example.org" in (await client.get("/outbox")).text
    shown = await client.get(f"/outbox/{mail.code}")
    assert 'href="http://127.0.0.1:8000/matters/1"' in shown.text
    assert BREAK not in shown.text
    html = await client.get(f"/outbox/{mail.code}/html")
    assert "sandbox" in html.headers["content-security-policy"]
    assert BREAK not in html.text


async def test_the_outbox_shows_the_codes_that_rooms_offer(client: httpx2.AsyncClient, town: World) -> None:
    async def codes(_at: object) -> list[tuple[str, str]]:
        return [("老陈", "123456")]

    ONE_TIME_CODES.append(codes)
    try:
        assert "123456" in (await client.get("/outbox")).text
    finally:
        ONE_TIME_CODES.remove(codes)


async def test_in_production_there_is_no_outbox_and_mails_without_a_server_wait(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    await told([town.lan])
    app.state.settings = Settings(mode="production", secret="s", keys="k")
    await once(duties(app), clock)
    assert (await Mail.get()).state is MailState.READY
    mail = await Mail.get()
    for path in ("/outbox", f"/outbox/{mail.code}", f"/outbox/{mail.code}/html"):
        assert (await client.get(path)).status_code == 404


async def test_a_mail_that_cannot_be_written_is_put_off_and_the_others_go(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    async def body() -> None:
        await queue_mail("a@example.org", "zh-CN", "community/notice/mail_nowhere", {}, at=NOON)
        told = {"sentence": "您好", "facts": {}, "url": "/"}
        await queue_mail("b@example.org", "zh-CN", TOLD, told, at=NOON)

    await transact(body)
    await once(duties(app), clock)
    assert (await client.get("/outbox")).status_code == 200
    assert {mail.to: mail.state for mail in await Mail.all()} == {
        "a@example.org": MailState.READY,
        "b@example.org": MailState.SENT,
    }
