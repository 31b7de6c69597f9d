"""Who is told of a request about personal data: those who answer, whoever asked, and those above when it is late."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.roles import people_with
from community.record.models import Event
from community.rights import Right
from community.subject_requests.models import SubjectRequest
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("收到您的个人信息申请，{day} 以前答复您。")
TO_ANSWER: Final = N_("有一份个人信息申请，请在 {day} 以前答复。")
ANSWERED: Final = N_("您的个人信息申请有答复了。")
TO_HAND: Final = N_("您在窗口登记的个人信息申请有答复了，请打印出来送给本人。")
SOON: Final = N_("一份个人信息申请快到期了，请在 {day} 以前答复。")
LATE: Final = N_("一份个人信息申请过了期还没有答复，请过问。")


async def asked(event: Event) -> None:
    """Tell those who answer, and whoever asked."""
    row = await _of(event)
    day, url = row.due_on.isoformat(), f"/information/{row.code}"
    await tell(await _answering(row, event), TO_ANSWER, {"day": day}, url=url, at=event.at, topic=Topic.ACCOUNT)
    if row.person_id:
        mark = f"subject-asked-{row.id}"
        at, topic = event.at, Topic.ACCOUNT
        await tell([row.person_id], ASKED, {"day": day}, url=url, at=at, topic=topic, binding=True, dedupe=mark)


async def answered(event: Event) -> None:
    """Tell whoever asked, or who sits at the window and has to hand it over."""
    row = await _of(event)
    url, at, topic = f"/information/{row.code}", event.at, Topic.ACCOUNT
    if row.person_id:
        await tell([row.person_id], ANSWERED, {}, url=url, at=at, topic=topic, binding=True)
    elif row.taken_by_id:
        await tell([row.taken_by_id], TO_HAND, {}, url=url, at=at, topic=topic, binding=True)


async def due_soon(event: Event) -> None:
    """Remind those who answer."""
    row = await _of(event)
    facts, url = {"day": row.due_on.isoformat()}, f"/information/{row.code}"
    await tell(await _answering(row, event), SOON, facts, url=url, at=event.at, topic=Topic.ACCOUNT, binding=True)


async def overdue(event: Event) -> None:
    """Tell those who answer, and those who look after them; these read how many wait, not what was asked."""
    row = await _of(event)
    answering, at, topic = set(await _answering(row, event)), event.at, Topic.ACCOUNT
    above = set(await people_with(Right.MATTER_SUPERVISE, place_id=row.community_id, at=at)) - answering
    await tell(answering, LATE, {}, url=f"/information/{row.code}", at=at, topic=topic, binding=True)
    await tell(above - {row.person_id}, LATE, {}, url="/desk", at=at, topic=topic, binding=True)


async def _answering(row: SubjectRequest, event: Event) -> list[int]:
    found = await people_with(Right.SUBJECT_ANSWER, place_id=row.community_id, at=event.at)
    return [each for each in found if each not in (row.person_id, row.taken_by_id)]


async def _of(event: Event) -> SubjectRequest:
    return await SubjectRequest.get(id=int(event.subject.removeprefix("subject-request-")))


TELLERS: Final[Mapping[str, Teller]] = {
    "subject.asked": asked,
    "subject.answered": answered,
    "subject.due-soon": due_soon,
    "subject.overdue": overdue,
}
