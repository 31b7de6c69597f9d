"""Who is told that a notice was made: the parties it goes to, and who leads; it says neither which nor about what."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from mediation.case.queries import lead_of
from web.mediation.intake.tellers import case_of, party_people, say_at
from web.teller import Teller
from web.words import N_

ISSUED: Final = N_("办理单位给您出了一份文书，会送到您手里；您也可以带证件去取（查询码 {code}）")
FILED: Final = N_("您承办的一件事出了一份编号的文书（查询码 {code}）")


async def issued(event: Event) -> None:
    """A notice was made: the parties, and who leads where somebody else made it."""
    case = await case_of(event)
    url = f"/cases/{case.code}"
    await say_at(set(await party_people(case)) - {event.actor_id or 0}, ISSUED, case, event, url=url)
    lead = await lead_of(case)
    if lead and lead.mediator_id != event.actor_id:
        await say_at([lead.mediator_id], FILED, case, event, url=f"{url}/papers", mark="lead", binding=False)


TELLERS: Final[Mapping[str, Teller]] = {"paper.issued": issued}
