"""Records of the demo's talk: one gone through and sealed, one that goes round with an objection and its correction."""

from datetime import timedelta
from typing import Any, Final

from community.people.models import Person
from mediation.case.models import Case, Party
from mediation.minutes.models import TalkMinutes
from mediation.minutes.queries import record_of
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import speak
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, choose, open_record, send_round, state
from web.demo.people import Town
from web.demo.story import Story

HOUSE: Final = "物业和双方一起看过现场，漏点在楼上卫生间地漏。"


async def of_the_talk(story: Story, town: Town, case: Case, parties: tuple[Person, Person]) -> None:
    """Seal the record of the first hour, and send that of the second round."""
    first = await _opened(story, town, case, parties, "社区调解室")
    await choose(case.code, first.code, [1, 3], **_by(story, town))
    await state(case.code, first.code, speaker=town.staff["mediator"].name, words=HOUSE, **_by(story, town))
    await send_round(case.code, first.code, **_by(story, town))
    for person in parties:
        await _say(story, case, first, person, [1, 2, 3], agreed=True)
    words = (await record_of(town.staff["mediator"], case.code, first.code, at=story.at)).words
    await seal(case.code, first.code, shown=digest(words), **_by(story, town))
    second = await _opened(story, town, case, parties, "网上")
    await choose(case.code, second.code, [5], **_by(story, town))
    await send_round(case.code, second.code, **_by(story, town))
    await _say(story, case, second, parties[0], [1], agreed=False, words="我说的是试水三天，还要拍照。")
    told = "修好要试水三天不漏，拍照给我看，我才放心。"
    await state(case.code, second.code, speaker=parties[0].name, words=told, corrects=1, **_by(story, town))


async def _opened(story: Story, town: Town, case: Case, parties: tuple[Person, Person], place: str) -> TalkMinutes:
    present = "\n".join([*(person.name for person in parties), f"{town.staff['mediator'].name}（调解员）"])
    head, held = Head(place=place, present=present, matter="楼上漏水"), story.at - timedelta(hours=1)
    return await open_record(case.code, head, held_at=held, rights_told=True, **_by(story, town))


async def _say(
    story: Story, case: Case, row: TalkMinutes, person: Person, entries: list[int], *, agreed: bool, words: str = ""
) -> None:
    party = await Party.get(case_id=case.id, person_id=person.id)
    await speak(case.code, row.code, party.code, entries, agreed=agreed, words=words, by=person, at=story.at)


def _by(story: Story, town: Town) -> dict[str, Any]:
    return {"by": town.staff["mediator"], "at": story.at}
