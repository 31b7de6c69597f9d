"""Who is told that there is something new: never what it is."""

from collections.abc import Iterable, Mapping
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case, Party
from mediation.case.queries import lead_of
from mediation.case.standing import acting_for
from mediation.evidence.models import Evidence, OriginalWish
from mediation.evidence.rules import Sharing
from web.mediation.intake.tellers import case_of, say_at
from web.teller import Teller
from web.words import N_

NEW: Final = N_("有一件事有新消息，请登录查看（查询码 {code}）")


async def acting(parties: Iterable[Party], event: Event) -> set[int]:
    """Return everybody who acts for some parties."""
    return {person_id for party in parties for person_id in await acting_for(party, at=event.at)}


async def everybody(case: Case, event: Event) -> set[int]:
    """Return everybody at the table."""
    parties = await Party.filter(case_id=case.id, left_at=None)
    return await acting(parties, event) | await leads(case)


async def leads(case: Case) -> set[int]:
    """Return whoever mediates."""
    lead = await lead_of(case)
    return {lead.mediator_id} if lead else set()


async def item_of(event: Event) -> Evidence:
    """Return the piece an event is about."""
    return await Evidence.get(code=facts_of(event)["item"]).select_related("party")


async def say(people: set[int], case: Case, event: Event, path: str) -> None:
    """Tell people, but whoever did it, one sentence that leads to ``path`` of the case."""
    url = f"/cases/{case.code}/{path}"
    await say_at(people - {event.actor_id or 0}, NEW, case, event, url=url, binding=False)


async def brought(event: Event) -> None:
    """Tell whoever mediates, and everybody when it was shown; from a room its own line tells."""
    if "room" in facts_of(event):
        return
    case, item = await case_of(event), await item_of(event)
    people = await everybody(case, event) if item.sharing is Sharing.SHARED else await leads(case)
    await say(people, case, event, f"evidence/{item.code}")


async def changed(event: Event) -> None:
    """A piece was shown to everybody, or what was shown was withdrawn: everybody; what was private: who mediates."""
    case, item = await case_of(event), await item_of(event)
    people = await everybody(case, event) if item.shared_at else await leads(case)
    await say(people, case, event, f"evidence/{item.code}")


async def wished(event: Event) -> None:
    """Somebody asks for the original: whoever brought it."""
    case, item = await case_of(event), await item_of(event)
    people = await acting([item.party], event) if item.party else await leads(case)
    await say(people, case, event, f"evidence/{item.code}")


async def answered(event: Event) -> None:
    """The answer: whoever asked."""
    wish = await OriginalWish.get(code=facts_of(event)["wish"])
    await say({wish.by_id}, await case_of(event), event, f"evidence/{facts_of(event)['item']}")


async def appraised(event: Event) -> None:
    """An appraisal was proposed, or its opinion is there: everybody."""
    case = await case_of(event)
    await say(await everybody(case, event), case, event, f"appraisals/{facts_of(event)['appraisal']}")


async def agreed(event: Event) -> None:
    """A party answered: whoever mediates."""
    case = await case_of(event)
    await say(await leads(case), case, event, f"appraisals/{facts_of(event)['appraisal']}")


TELLERS: Final[Mapping[str, Teller]] = {
    "evidence.brought": brought,
    "evidence.shared": changed,
    "evidence.withdrawn": changed,
    "evidence.wished": wished,
    "evidence.answered": answered,
    "appraisal.proposed": appraised,
    "appraisal.answered": agreed,
    "appraisal.filed": appraised,
}
