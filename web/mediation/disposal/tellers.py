"""Who is told of a list: whoever directs the body when one waits, whoever proposed it when it was decided."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right
from mediation.disposal.models import DisposalList
from web.teller import Teller
from web.words import N_

WAITS: Final = N_("有一份卷宗销毁清册等您看，同意了才销毁。")
DONE: Final = N_("您提的销毁清册同意了，卷宗已经销毁。")
REFUSED: Final = N_("您提的销毁清册没有同意，理由写在清册上。")


async def proposed(event: Event) -> None:
    """Tell those who direct the body."""
    row = await _of(event)
    people = set(await people_with(Right.CASE_DIRECT, org_id=row.org_id, at=event.at)) - {row.asked_by_id}
    await tell(people, WAITS, {}, url=f"/shelf/disposal/{row.code}", at=event.at, topic=Topic.CASE, binding=True)


async def decided(event: Event) -> None:
    """Tell whoever proposed it."""
    row, sentence = await _of(event), DONE if event.kind == "disposal.done" else REFUSED
    url = f"/shelf/disposal/{row.code}"
    await tell([row.asked_by_id], sentence, {}, url=url, at=event.at, topic=Topic.CASE, binding=True)


async def _of(event: Event) -> DisposalList:
    return await DisposalList.get(id=int(event.subject.removeprefix("disposal-")))


TELLERS: Final[Mapping[str, Teller]] = {
    "disposal.proposed": proposed,
    "disposal.done": decided,
    "disposal.refused": decided,
}
