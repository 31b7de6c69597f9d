"""Who is told when words change: those who must confirm, those whose second lapsed, who proposed an amendment."""

from collections.abc import Mapping
from typing import Final

from tortoise.queryset import QuerySet

from community.notice.commands import tell
from community.notice.rules import Topic
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.matter.models import Amendment, Endorsement, Matter
from web.teller import Teller
from web.words import N_

CONFIRM: Final = N_("您附议过的“{title}”改了意思，请看看还愿不愿意附议。过期没有确认就不算数了。")
LAPSED: Final = N_("您附议过的“{title}”改了意思，您没有重新确认，那次附议不再算数。")
PROPOSED: Final = N_("有人给“{title}”提了一条修改建议，请您答复。")
ADOPTED: Final = N_("您给“{title}”提的修改建议采纳了。")
DECLINED: Final = N_("您给“{title}”提的修改建议没有采纳，请看理由。")
OUTDATED: Final = N_("“{title}”改了您建议的那一段。还想改，请对着新文字再提。")


async def revised(event: Event) -> None:
    """Ask those who seconded the old meaning; tell those whose amendment no longer fits. Mere words tell nobody."""
    matter, facts = await _matter(event), facts_of(event)
    if facts.get("change") == "meaning":
        asked = Endorsement.filter(matter_id=matter.id, ended=None, version__lt=facts["version"])
        people = await _givers(asked)
        await _tell(event, matter, people, CONFIRM, "confirmation", binding=True)
    gone = Amendment.filter(code__in=facts.get("outdated", []))
    people = {int(str(number)) for number in await gone.values_list("by_id", flat=True)}
    await _tell(event, matter, people, OUTDATED, "amendments")


async def lapsed(event: Event) -> None:
    """Tell those whose second was not confirmed in time."""
    ended = Endorsement.filter(id__in=facts_of(event)["endorsements"])
    people = await _givers(ended)
    await _tell(event, await _matter(event), people, LAPSED, "confirmation")


async def _givers(rows: QuerySet[Endorsement]) -> set[int]:
    """Return the accounts behind some seconds; whoever was helped may have got one since."""
    found = await rows.values_list("person_id", "resident__person_id")
    return {int(person or helped) for person, helped in found if person or helped}


async def proposed(event: Event) -> None:
    """Tell the author of an amendment to answer."""
    matter = await _matter(event)
    await _tell(event, matter, {matter.author_id}, PROPOSED, "amendments")


async def adopted(event: Event) -> None:
    """Tell who proposed it, and everybody whom a new version concerns."""
    await _proposer(event, ADOPTED)
    await revised(event)


async def declined(event: Event) -> None:
    """Tell who proposed it."""
    await _proposer(event, DECLINED)


async def _proposer(event: Event, sentence: str) -> None:
    found = await Amendment.get(code=facts_of(event)["amendment"])
    await _tell(event, await _matter(event), {found.by_id}, sentence, "amendments")


async def _matter(event: Event) -> Matter:
    return await Matter.get(id=int(event.subject.removeprefix("matter-")))


async def _tell(
    event: Event, matter: Matter, people: set[int], sentence: str, page: str, *, binding: bool = False
) -> None:
    """Tell all of them but who did it."""
    others = sorted(people - {event.actor_id or 0})
    url = f"/matters/{matter.id}/{page}"
    facts = {"title": matter.title}
    if others:
        await tell(others, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, binding=binding)


TELLERS: Final[Mapping[str, Teller]] = {
    "matter.revise": revised,
    "matter.adopt": adopted,
    "matter.decline": declined,
    "matter.amend": proposed,
    "matter.unconfirmed": lapsed,
}
