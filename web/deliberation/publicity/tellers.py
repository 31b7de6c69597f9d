"""Who is told of an objection: the offices that answer, whoever objected, and when it is late those who oversee."""

from collections.abc import Mapping, Sequence
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right
from deliberation.publicity.models import Objection
from deliberation.publicity.objecting import ANSWERS
from web.teller import Teller
from web.words import N_

FILED: Final = N_("有人对公示提出异议，请按时答复：{title}")
ANSWERED: Final = N_("您对公示提的异议有答复了：{title}")
LATE: Final = N_("对公示的异议过期没有答复：{title}")


async def filed(event: Event) -> None:
    """Tell the offices that an objection waits."""
    await _offices(event, FILED, ANSWERS)


async def overdue(event: Event) -> None:
    """Tell the offices, and those who oversee, that an answer is late."""
    await _offices(event, LATE, (*ANSWERS, Right.MATTER_SUPERVISE))


async def answered(event: Event) -> None:
    """Tell whoever objected."""
    found = await _found(event)
    await _tell([found.by_id], ANSWERED, found, event, binding=True)


async def _offices(event: Event, sentence: str, rights: Sequence[Right]) -> None:
    found = await _found(event)
    place = found.publication.place_id
    people = {each for right in rights for each in await people_with(right, place_id=place, at=event.at)}
    await _tell(sorted(people - {found.by_id}), sentence, found, event)


async def _found(event: Event) -> Objection:
    return await Objection.get(id=int(event.subject.removeprefix("objection-"))).select_related("publication")


async def _tell(people: list[int], sentence: str, found: Objection, event: Event, *, binding: bool = False) -> None:
    facts, url = {"title": found.publication.title}, f"/publications/{found.publication_id}#o-{found.id}"
    await tell(people, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, binding=binding)


TELLERS: Final[Mapping[str, Teller]] = {
    "objection.filed": filed,
    "objection.answered": answered,
    "objection.overdue": overdue,
}
