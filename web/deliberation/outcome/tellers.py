"""Who is told what became of a matter: its author and everybody who seconded or voted, at every turn of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right
from community.timers.commands import Handler, set_timer
from deliberation.following.queries import followers
from deliberation.matter.models import Matter
from deliberation.matter.states import RIGHTS, Actor
from deliberation.outcome.models import Note, SeatVoice
from web.teller import Teller
from web.words import N_

CROWD: Final = 100  # people told in one transaction, so that nobody waits long behind it

BEGUN: Final = N_("开始落实了：{title}")
STEP: Final = N_("办完了一步：{title}")
CHANGED: Final = N_("落实的计划改了：{title}")
LATE: Final = N_("到期没有办完：{title}")
JUDGE: Final = N_("办完了，请您评一评：{title}")
AGAIN: Final = N_("评议不满意，要返工：{title}")
ENDED: Final = N_("评议满意，办结了：{title}")
KEPT: Final = N_("归档了，卷宗谁都能下载：{title}")
RECOUNT: Final = N_("对结果的异议成立，要重新计票：{title}")
HELD: Final = N_("公示期满了，异议还没有办完，结果暂不生效：{title}")
NOTE: Final = N_("有一条监督意见等您答复：{title}")
PRESSED: Final = N_("督办：有一条监督意见过期没有答复：{title}")
REPLIED: Final = N_("您写的监督意见有答复了：{title}")

NEWS: Final = {
    "matter.carry_out": BEGUN,
    "matter.progress": STEP,
    "matter.replan": CHANGED,
    "matter.overdue": LATE,
    "matter.report": JUDGE,
    "matter.rework": AGAIN,
    "matter.satisfy": ENDED,
    "matter.archive": KEPT,
}
"""By kind of event: what all who follow the matter are told."""


async def news(event: Event) -> None:
    """Plan to tell everybody, some people at a time; those who must act hear of it at once."""
    await set_timer("outcome.news", f"event-{event.id}", event.at, key="0", community_id=event.community_id)
    if event.kind in ("matter.overdue", "matter.rework"):
        matter = await _matter(event.subject)
        await _offices(matter, (Actor.EXECUTOR, Actor.OVERSEER), NEWS[event.kind], event)


async def _matter(subject: str) -> Matter:
    return await Matter.get(id=int(subject.rpartition("-")[2])).select_related("body")


async def _offices(matter: Matter, offices: tuple[Actor, ...], sentence: str, event: Event) -> None:
    place = matter.body.place_id
    people = {each for one in offices for each in await people_with(RIGHTS[one], place_id=place, at=event.at)}
    await _tell(sorted(people), sentence, matter, f"/matters/{matter.id}/outcome", event)


async def _tell(people: list[int], sentence: str, matter: Matter, url: str, event: Event) -> None:
    facts, mark = {"title": matter.title}, f"event-{event.id}"
    await tell(people, sentence, facts, url=url, at=event.at, topic=Topic.MATTER, dedupe=mark)


async def crowd(subject: str, at: datetime) -> None:
    """Tell the next people of an event, and set a timer for those after them."""
    head, _, start = subject.partition("/")
    event = await Event.get(id=int(head.removeprefix("event-")))
    matter = await _matter(event.subject)
    asked = event.kind == "matter.report"
    people = await _asked(event) if asked else set(await followers(matter))
    waiting = sorted(person for person in people if person > int(start or 0))
    url = f"/matters/{matter.id}/{'evaluation' if asked else 'outcome'}"
    await _tell(waiting[:CROWD], NEWS[event.kind], matter, url, event)
    if len(waiting) > CROWD:
        await set_timer("outcome.news", f"{head}/{waiting[CROWD - 1]}", at, community_id=event.community_id)


async def _asked(event: Event) -> set[int]:
    rows = SeatVoice.filter(evaluation_id=facts_of(event)["evaluation"])
    return {int(str(person)) for person in await rows.values_list("person_id", flat=True)}


async def recount(event: Event) -> None:
    """Tell the tellers that they must count again, and the author that it is asked."""
    matter = await _matter(event.subject)
    await _offices(matter, (Actor.TELLER,), RECOUNT, event)
    await _tell([matter.author_id], RECOUNT, matter, f"/matters/{matter.id}/outcome", event)


async def held(event: Event) -> None:
    """Tell the author and those who oversee that a result does not take effect yet."""
    matter = await Matter.get(id=int(str(facts_of(event)["matter"]))).select_related("body")
    await _offices(matter, (Actor.CLERK, Actor.OVERSEER), HELD, event)
    await _tell([matter.author_id], HELD, matter, f"/matters/{matter.id}/outcome", event)


async def note(event: Event) -> None:
    """Tell the office that a note waits for it; when it is late, those who oversee as well."""
    found = await Note.get(id=int(event.subject.rpartition("-")[2])).select_related("matter")
    late = event.kind != "note.written"
    rights = {RIGHTS[found.office]} | ({Right.MATTER_SUPERVISE} if late else set())
    people = {each for right in rights for each in await people_with(right, place_id=found.place_id, at=event.at)}
    await _note(sorted(people - {event.actor_id or 0}), PRESSED if late else NOTE, found, event)


async def replied(event: Event) -> None:
    """Tell whoever wrote a note that it is answered."""
    found = await Note.get(id=int(event.subject.rpartition("-")[2])).select_related("matter")
    if found.by_id:
        await _note([found.by_id], REPLIED, found, event)


async def _note(people: list[int], sentence: str, found: Note, event: Event) -> None:
    facts = {"title": found.matter.title if found.matter else found.words[:30]}
    await tell(people, sentence, facts, url=f"/notes/{found.id}", at=event.at, topic=Topic.MATTER)


TELLERS: Final[Mapping[str, Teller]] = {
    **dict.fromkeys(NEWS, news),
    "matter.ask_recount": recount,
    "ballot.held": held,
    "note.written": note,
    "note.pressed": note,
    "note.overdue": note,
    "note.answered": replied,
}
TIMERS: Final[Mapping[str, Handler]] = {"outcome.news": crowd}
