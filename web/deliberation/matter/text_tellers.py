"""Who is told when words change: those who must confirm, those whose second lapsed, who proposed an amendment."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from tortoise.queryset import QuerySet

from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler
from deliberation.matter.models import Amendment, Endorsement, Matter
from web.crowd import Crowd, Line
from web.teller import Teller
from web.words import N_

CONFIRM: Final = N_("您附议过的“{title}”改了意思，请看看还愿不愿意附议。过期没有确认就不算数了。")
LAPSED: Final = N_("您附议过的“{title}”改了意思，您没有重新确认，那次附议不再算数。")
PROPOSED: Final = N_("有人给“{title}”提了一条修改建议，请您答复。")
ADOPTED: Final = N_("您给“{title}”提的修改建议采纳了。")
DECLINED: Final = N_("您给“{title}”提的修改建议没有采纳，请看理由。")
OUTDATED: Final = N_("“{title}”改了您建议的那一段。还想改，请对着新文字再提。")


async def revised(event: Event) -> Sequence[Line]:
    """Ask those who seconded the old meaning; tell those whose amendment no longer fits. Mere words tell nobody."""
    matter, facts = await _matter(event), facts_of(event)
    gone = Amendment.filter(code__in=facts.get("outdated", []))
    authors = {int(str(number)) for number in await gone.values_list("by_id", flat=True)}
    asked = await _asked(matter, facts) if facts.get("change") == "meaning" else set()
    return [
        _line(matter, asked, CONFIRM, "confirmation", binding=True),
        _line(matter, authors, OUTDATED, "amendments"),
    ]


async def _asked(matter: Matter, facts: Mapping[str, object]) -> set[int]:
    return await _givers(Endorsement.filter(matter_id=matter.id, ended=None, version__lt=facts["version"]))


async def _givers(rows: QuerySet[Endorsement]) -> set[int]:
    """Return the accounts behind some seconds; whoever was helped may have got one since."""
    found = await rows.values_list("person_id", "resident__person_id")
    return {int(person or helped) for person, helped in found if person or helped}


async def lapsed(event: Event) -> Sequence[Line]:
    """Tell those whose second was not confirmed in time."""
    ended = Endorsement.filter(id__in=facts_of(event)["endorsements"])
    people = await _givers(ended)
    return [_line(await _matter(event), people, LAPSED, "confirmation")]


async def proposed(event: Event) -> Sequence[Line]:
    """Tell the author of an amendment to answer."""
    matter = await _matter(event)
    return [_line(matter, {matter.author_id}, PROPOSED, "amendments")]


async def adopted(event: Event) -> Sequence[Line]:
    """Tell who proposed it, and everybody whom a new version concerns."""
    return [await _proposer(event, ADOPTED), *await revised(event)]


async def declined(event: Event) -> Sequence[Line]:
    """Tell who proposed it."""
    return [await _proposer(event, DECLINED)]


async def _proposer(event: Event, sentence: str) -> Line:
    found = await Amendment.get(code=facts_of(event)["amendment"])
    return _line(await _matter(event), {found.by_id}, sentence, "amendments")


async def _matter(event: Event) -> Matter:
    return await Matter.get(id=int(event.subject.removeprefix("matter-")))


def _line(matter: Matter, people: Collection[int], sentence: str, page: str, *, binding: bool = False) -> Line:
    url, facts = f"/matters/{matter.id}/{page}", {"title": matter.name}
    return Line(people=people, sentence=sentence, facts=facts, url=url, binding=binding)


_CROWD: Final = Crowd(
    "text.more",
    {
        "matter.revise": revised,
        "matter.adopt": adopted,
        "matter.decline": declined,
        "matter.amend": proposed,
        "matter.unconfirmed": lapsed,
    },
)
TELLERS: Final[Mapping[str, Teller]] = _CROWD.tellers
TIMERS: Final[Mapping[str, Handler]] = _CROWD.timers
