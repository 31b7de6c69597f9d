"""Bad words through a socket: acknowledged or refused with a sentence, and never markup for those who hear them."""

import asyncio

import httpx2

from tests.mediation.room.conftest import Stage
from tests.web.markup import Page, strange
from tests.web.payloads import payloads, sample
from tests.web.test_attack import SENTENCE, known_tags, raw
from tests.world import sign_in

EACH = 18  # below the limit of one person's burst


async def test_what_is_said_stays_words(stage: Stage) -> None:
    speakers = (stage.world.lan, stage.world.qiang, stage.world.mediator)
    words = sample([one for one in payloads() if len(one) < 20_000], "socket", EACH * len(speakers))
    async with stage.voice(stage.world.lan) as hearing:
        for n, person in enumerate(speakers):
            async with stage.voice(person) as voice:
                for m, text in enumerate(words[n * EACH : (n + 1) * EACH]):
                    answer = await voice.say(f"bad-{n}-{m}", text)
                    assert answer["type"] == "ack" or SENTENCE.search(answer["reason"]), answer
        await asyncio.sleep(0.2)
        heard = [str(frame["html"]) for frame in hearing.frames if frame["type"] == "message"]
    assert len(heard) > EACH
    assert [found for html in heard for found in strange(Page(html), known_tags())] == []


async def test_the_page_of_such_a_talk_is_clean(stage: Stage) -> None:
    words = [one for one in sample(payloads(), "page", 60) if "<" in one][:EACH]
    async with stage.voice(stage.world.lan) as voice:
        for n, text in enumerate(words):
            await voice.say(f"bad-{n}", text)
    cookies = await sign_in(stage.world.qiang)
    async with httpx2.AsyncClient(base_url=stage.url, cookies=cookies) as client:
        shown = (await client.get(stage.path("joint"))).text
    assert len(words) > 5
    assert [found for text in words for found in raw(shown, text)] == []
