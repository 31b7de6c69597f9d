"""Letters about an appointment: to each mailbox of a party once, with the link to answer by and a calendar entry.

They tell when, how and where, and nothing of what it is about. Call these inside a command.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.notice.mail import queue_mail
from community.people.models import Person
from community.privacy import vault
from mediation.appointment.models import Appointment, AppointmentAnswer
from mediation.appointment.queries import answers_to, words_of
from mediation.case.keys import opened
from mediation.case.mailing import mailed_nowhere
from mediation.case.models import Case, Party
from mediation.case.standing import acting_for
from mediation.letters.writing import wait_for

LETTER: Final = "mediation/appointment/mail_letter"
SUMMARY: Final = "和调解员约好的见面"
HOME: Final = "zh-CN"


class News(StrEnum):
    """What a letter tells."""

    OFFERED = "offered"  # 请选时间
    CHANGED = "changed"  # 原来的时间不算了，请重新选
    FIXED = "fixed"  # 定下来了
    CANCELLED = "cancelled"  # 取消了
    SOON = "soon"  # 快到了


SAYS: Final = MappingProxyType(
    {
        News.OFFERED: "调解员提了几个时间请您选（查询码 {code}）",
        News.CHANGED: "约好的时间要改，请重新选（查询码 {code}）",
        News.FIXED: "见面的时间定了，请看信上的网址，或者打电话问（查询码 {code}）",
        News.CANCELLED: "约好的见面取消了（查询码 {code}）",
        News.SOON: "约好的见面快到了，请别忘了（查询码 {code}）",
    }
)
"""What a letter on paper says, to whoever has no mailbox."""


def token_for(row: Appointment, party: Party) -> str:
    """Return the token of a party's link to what is on offer now: always the same, and stored nowhere."""
    return vault.blind(f"{row.code}|{party.code}|{row.round}", purpose="appointment link")[:32]


async def write_to_all(row: Appointment, case: Case, news: News, *, at: datetime, was: datetime | None = None) -> None:
    """Write to everybody who was asked; ``was`` is the time that no longer holds, for calendars that have it."""
    for answer in await answers_to(row):
        await _write(row, case, answer, news, at=at, was=was)


async def _write(
    row: Appointment, case: Case, answer: AppointmentAnswer, news: News, *, at: datetime, was: datetime | None
) -> None:
    safe = not mailed_nowhere(case, answer.party)
    boxes = await _mailboxes(answer.party, at)
    if not boxes or not (safe or await acting_for(answer.party, at=at)):
        sentence, told = SAYS[news], {"code": case.code}
        await wait_for(case, answer.party, sentence, told, event=f"appointment.{news}", link=row.code, at=at)
    facts = _facts(row, case, answer.party, news, was)
    for address, lang in boxes.items() if safe else ():
        await queue_mail(address, lang, LETTER, facts, at=at, topic="case", secret=True)


def _facts(row: Appointment, case: Case, party: Party, news: News, was: datetime | None) -> dict[str, object]:
    facts: dict[str, object] = {"news": news, "code": case.code, "path": f"/a/{token_for(row, party)}"}
    facts |= {"meet_by": row.meet_by, "place": words_of(row, "place"), "begins": None}
    begins = row.starts_at or was
    if begins:
        facts["begins"] = begins.isoformat()
        facts["invite"] = {
            "uid": f"appointment-{row.code}",
            "summary": SUMMARY,
            "begins": begins.isoformat(),
            "ends": (begins + timedelta(minutes=row.minutes)).isoformat(),
            "place": facts["place"],
            "sequence": row.sequence,
            "cancelled": news in (News.CANCELLED, News.CHANGED),
        }
    return facts


async def _mailboxes(party: Party, at: datetime) -> dict[str, str]:
    """Return the addresses of a party and of whoever acts for it, each once, with the language to write in."""
    people = {each.id: each for each in await Person.filter(id__in=await acting_for(party, at=at), closed_at=None)}
    own = people.get(party.person_id or 0)
    given = opened(party, "email").lower()
    found = {given: own.lang if own else HOME} if given else {}
    for each in people.values():
        found.setdefault(each.email.lower(), each.lang)
    return found
