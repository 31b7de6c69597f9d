"""Who reads in the inbox what happens to an appointment; the letters were written with the deed itself."""

from collections.abc import Mapping
from typing import Final

from community.notice.commands import tell
from community.record.models import Event
from mediation.appointment.models import Appointment
from mediation.appointment.queries import answers_to
from mediation.case.queries import lead_of
from mediation.case.standing import acting_for
from web.teller import Teller
from web.words import N_

OFFERED: Final = N_("调解员提了几个时间请您选（查询码 {code}）")
CHANGED: Final = N_("约好的时间要改，请重新选（查询码 {code}）")
FIXED: Final = N_("见面的时间定了，请登录查看（查询码 {code}）")
CANCELLED: Final = N_("约好的见面取消了，请登录查看（查询码 {code}）")
SOON: Final = N_("约好的见面快到了，请登录查看（查询码 {code}）")
ANSWERED: Final = N_("约时间的答复到了，请登录查看（查询码 {code}）")


async def row_of(event: Event) -> Appointment:
    """Return the appointment an event is about."""
    found = Appointment.filter(id=int(event.subject.removeprefix("appointment-")))
    return await found.select_related("case").get()


def to_asked(sentence: str) -> Teller:
    """Return a teller that says one sentence to whoever acts for those asked; mail goes by the letters."""

    async def telling(event: Event) -> None:
        row = await row_of(event)
        people = [person for each in await answers_to(row) for person in await acting_for(each.party, at=event.at)]
        await _say(people, sentence, row, event)

    return telling


async def _say(people: list[int], sentence: str, row: Appointment, event: Event) -> None:
    url, mark = f"/cases/{row.case.code}/appointments/{row.code}", f"{event.kind}-{event.id}"
    facts = {"code": row.case.code}
    await tell(people, sentence, facts, url=url, at=event.at, topic="case", mail=False, dedupe=mark)


async def answered(event: Event) -> None:
    """An answer: the mediator, unless they wrote it down themselves."""
    row = await row_of(event)
    lead = await lead_of(row.case)
    if lead and lead.mediator_id != event.actor_id:
        await _say([lead.mediator_id], ANSWERED, row, event)


async def reminded(event: Event) -> None:
    """It is soon: the parties, and the mediator."""
    row = await row_of(event)
    lead = await lead_of(row.case)
    await to_asked(SOON)(event)
    await _say([lead.mediator_id] if lead else [], SOON, row, event)


TELLERS: Final[Mapping[str, Teller]] = {
    "appointment.offered": to_asked(OFFERED),
    "appointment.changed": to_asked(CHANGED),
    "appointment.fixed": to_asked(FIXED),
    "appointment.cancelled": to_asked(CANCELLED),
    "appointment.answered": answered,
    "appointment.reminded": reminded,
}
