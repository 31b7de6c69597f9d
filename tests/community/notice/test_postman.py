"""Mails over a real SMTP server: what arrives, and what happens when the server misbehaves."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from community.notice import sending
from community.notice.commands import DIGEST, TOLD, choose_mail, read_all, tell
from community.notice.mail import queue_mail
from community.notice.models import Mail, MailState
from community.people.models import Person
from community.record.transaction import transact
from tests.services import Failure, Postbox, free_port, smtp_server
from tests.world import NOON, World
from web import postman
from web.postman import Postman
from web.settings import Settings

SENTENCE = "“{title}”开始附议了。"


@pytest.fixture
def box() -> Iterator[Postbox]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def carrier(app: Starlette, box: Postbox) -> Postman:
    return Postman(settings(box.url), app.state.site)


def settings(smtp: str) -> Settings:
    address, site = "heyi@example.org", "https://heyi.example.org/"
    return Settings(mode="production", secret="s", keys="k", smtp=smtp, mail_from=address, site_url=site)


async def queued(
    facts: Mapping[str, object] | None = None, *, to: str = "a@example.org", lang: str = "zh-CN", **how: bool
) -> None:
    told = {"sentence": "您好", "facts": {}, "url": "/cases/HY1"}
    await transact(
        lambda: queue_mail(to, lang, TOLD, {**told, **(facts or {})}, at=NOON, secret=how.get("secret", False))
    )


async def told(person: Person, *, binding: bool = False) -> None:
    facts = {"title": "修门"}
    await transact(
        lambda: tell([person.id], SENTENCE, facts, url="/matters/1", at=NOON, topic="matter", binding=binding)
    )


async def test_a_mail_arrives_whole_in_text_and_html(carrier: Postman, box: Postbox, town: World) -> None:
    await told(town.lan)
    assert await carrier.send_due(NOON) == 1
    (message,) = await box.arrived(1)
    assert str(make_header(decode_header(message["Subject"]))) == "“修门”开始附议了。"
    assert message["Message-ID"] == (await Mail.get()).message_id("example.org")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text["Content-Transfer-Encoding"] == "base64"
    assert "https://heyi.example.org/matters/1" in text.get_content().splitlines()
    assert 'href="https://heyi.example.org/matters/1"' in html.get_content()
    assert "<style" not in html.get_content()
    stored = await Mail.get()
    assert (stored.state, stored.facts) == (MailState.SENT, "")


async def test_what_can_be_unsubscribed_says_how_and_what_binds_cannot(
    carrier: Postman, box: Postbox, town: World
) -> None:
    await told(town.lan)
    await told(town.lan, binding=True)
    await carrier.send_due(NOON)
    loose, bound = await box.arrived(2)
    assert loose["List-Unsubscribe"].startswith("<https://heyi.example.org/unsubscribe/")
    assert loose["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert bound["List-Unsubscribe"] is None
    body = bound.get_body(("plain",))
    assert body is not None
    assert "不能退订" in body.get_content()


async def test_a_mail_speaks_the_readers_language_and_the_digest_gathers(
    carrier: Postman, box: Postbox, town: World
) -> None:
    await Person.filter(id=town.lan.id).update(lang="en")
    lan = await Person.get(id=town.lan.id)
    await choose_mail(lan, "daily", at=NOON)
    await told(lan)
    await told(lan)
    assert await carrier.send_due(NOON) == 0
    assert await carrier.send_due(NOON + timedelta(hours=6)) == 1
    (message,) = await box.arrived(1)
    body = message.get_body(("plain",))
    assert message["Subject"].startswith("2 new messages")
    assert body is not None
    assert body.get_content().count("修门") == 2


async def test_a_digest_leaves_out_what_was_read_meanwhile(carrier: Postman, box: Postbox, town: World) -> None:
    await choose_mail(town.lan, "daily", at=NOON)
    await told(await Person.get(id=town.lan.id))
    assert await Mail.filter(template=DIGEST).count() == 1
    await read_all(town.lan, at=NOON)
    await carrier.send_due(NOON + timedelta(hours=6))
    (message,) = await box.arrived(1)
    body = message.get_body(("plain",))
    assert body is not None
    assert "都看过了" in body.get_content()


async def test_an_appointment_comes_as_a_calendar_file(carrier: Postman, box: Postbox, town: World) -> None:
    begins = (NOON + timedelta(days=3)).isoformat()
    invite = {"uid": "hearing-1@heyi", "summary": "调解会", "begins": begins, "place": "社区二楼"}
    await queued({"invite": invite})
    await carrier.send_due(NOON)
    (message,) = await box.arrived(1)
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event.decoded("dtstart")) == ("REQUEST", NOON + timedelta(days=3))
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]


@pytest.mark.parametrize("how", [Failure.LATER, Failure.DROP, Failure.NEVER])
async def test_a_failed_mail_is_tried_again_under_the_same_message_id(
    carrier: Postman, box: Postbox, town: World, how: Failure
) -> None:
    await queued(secret=True)
    box.fail(how)
    await carrier.send_due(NOON)
    waiting = await Mail.get()
    assert (waiting.state, waiting.attempts, box.messages) == (MailState.READY, 1, [])
    assert waiting.run_at > NOON
    await carrier.send_due(waiting.run_at)
    (message,) = await box.arrived(1)
    assert message["Message-ID"] == waiting.message_id("example.org")


async def test_a_server_that_hangs_costs_one_mail_its_turn(
    carrier: Postman, box: Postbox, town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "TIMEOUT", 0.3)
    await queued(to="a@example.org")
    await queued(to="b@example.org")
    box.fail(Failure.HANG)
    await carrier.send_due(NOON)
    states = {mail.to: mail.state for mail in await Mail.all()}
    assert states == {"a@example.org": MailState.READY, "b@example.org": MailState.SENT}


async def test_a_mailbox_that_is_not_there_is_given_up(carrier: Postman, box: Postbox, town: World) -> None:
    await queued()
    box.fail(Failure.NEVER, times=9)
    for _ in range(3):
        await carrier.send_due((await Mail.get()).run_at)
    dead = await Mail.get()
    assert (dead.state, dead.trouble[:3], box.attempts) == (MailState.DEAD, "550", 3)


async def test_while_the_server_is_away_everything_waits(app: Starlette, town: World) -> None:
    for n in range(3):
        await queued(to=f"a{n}@example.org")
    gone = Postman(settings(f"smtp://127.0.0.1:{free_port()}"), app.state.site)
    assert await gone.send_due(NOON) == 0
    assert [mail.state for mail in await Mail.all()] == [MailState.READY] * 3


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: b@example.org", "no address at all", "@", "é@中文.例子"])
async def test_an_address_that_is_none_holds_up_nobody_else(
    carrier: Postman, box: Postbox, town: World, address: str
) -> None:
    await queued(to=address)
    await queued(to="b@example.org")
    await carrier.send_due(NOON)
    await box.arrived(1)
    assert (await Mail.get(to="b@example.org")).state is MailState.SENT
    assert [message["X-Envelope-To"] for message in box.messages if message["To"] == "b@example.org"] == [
        "b@example.org"
    ]
    assert all("b@example.org" not in str(message["Bcc"]) for message in box.messages)


async def test_a_sender_that_died_leaves_its_mails_to_the_next(carrier: Postman, box: Postbox, town: World) -> None:
    await queued()
    await sending.claim(at=NOON)
    assert await carrier.send_due(NOON + timedelta(minutes=1)) == 0
    assert await carrier.send_due(NOON + timedelta(minutes=6)) == 1
    assert len(await box.arrived(1)) == 1


async def test_sixty_mails_in_bad_weather_all_arrive_and_none_twice(
    carrier: Postman, box: Postbox, town: World
) -> None:
    for n in range(60):
        await queued(to=f"a{n}@example.org")
    for _ in range(10):
        box.fail(Failure.LATER)
        box.fail(Failure.DROP)
    at = NOON
    while await Mail.exclude(state=MailState.SENT).count():
        await carrier.send_due(at)
        at += timedelta(seconds=20)
    ids = [message["Message-ID"] for message in await box.arrived(60)]
    assert len(ids) == len(set(ids)) == 60
