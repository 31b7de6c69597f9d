"""Who is told that something of a case was opened. No names, facts or amounts: mailboxes are shared."""

from collections.abc import Mapping
from typing import Final

from community.people.models import Person
from community.people.roles import people_with, roles_in_place
from community.record.models import Event
from community.record.outbox import facts_of
from community.rights import Right, Role
from mediation.case.models import Case
from mediation.privacy.models import GlassPermit
from web.mediation.intake.tellers import case_of, party_people, say_at
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("有人申请临时查阅一件纠纷的材料，请您决定（查询码 {code}）")
YES: Final = N_("您申请的临时查阅同意了，时限从现在算起（查询码 {code}）")
NO: Final = N_("您申请的临时查阅没有同意（查询码 {code}）")
READ: Final = N_("有人经两人同意看了您这件事的材料，请看查阅记录（查询码 {code}）")


async def _permit(event: Event) -> GlassPermit:
    return await GlassPermit.get(id=int(str(facts_of(event)["permit"])))


async def _tell(people: list[int], sentence: str, case: Case, event: Event, *, url: str) -> None:
    await say_at(people, sentence, case, event, url=url)


async def seconds_of(case: Case, asker: int, event: Event) -> list[int]:
    """Return who may be the second person: the heads of the body, the justice office, the data protection officer."""
    heads = await people_with(Right.CASE_DIRECT, org_id=case.org_id, at=event.at)
    around = await people_with(Right.CASE_INDEX, place_id=case.community_id, at=event.at)
    found = set(heads)
    for person in await Person.filter(id__in=around):
        held = await roles_in_place(person, case.community_id, at=event.at)
        found |= {person.id} if held & {Role.JUSTICE_OFFICE, Role.PRIVACY_OFFICER} else set()
    return sorted(found - {asker} - set(await party_people(case)))


async def asked(event: Event) -> None:
    """A wish: whoever may be the second person."""
    case, permit = await case_of(event), await _permit(event)
    people = await seconds_of(case, permit.asked_by_id, event)
    await _tell(people, ASKED, case, event, url=f"/glass/{permit.code}")


async def decided(event: Event) -> None:
    """An answer: who asked."""
    case, permit = await case_of(event), await _permit(event)
    await _tell([permit.asked_by_id], YES if permit.granted else NO, case, event, url=f"/glass/{permit.code}")


async def looked(event: Event) -> None:
    """Something was read for the first time under a permit: the parties."""
    if facts_of(event)["first"]:
        case = await case_of(event)
        await _tell(await party_people(case), READ, case, event, url=f"/cases/{case.code}/access")


TELLERS: Final[Mapping[str, Teller]] = {
    "case.glass-asked": asked,
    "case.glass-decided": decided,
    "case.glass-read": looked,
}
