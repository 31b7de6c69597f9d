"""Who is told when co-owners differ, when a close is put off, and when a voice is lent or taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.calendar.rules import SHANGHAI
from community.notice.commands import tell
from community.notice.rules import Topic
from community.people.models import Person
from community.places.models import Resident
from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler, set_timer
from deliberation.ballot import queries
from deliberation.ballot.models import Ballot
from deliberation.body.models import RollVoice
from deliberation.body.queries import people_on
from web.deliberation.ballot.tellers import crowd_of
from web.teller import Teller
from web.words import N_

DIFFER: Final = N_("您家两位共有人投得不一样，这一票先不算。请商量好，一位改成一样的就行：{title}")
LATER: Final = N_("参加的还不够，表决按公示的办法延长了：{title}")
AWAY: Final = N_("本站停机过，表决按公示的办法顺延到 {closes}：{title}")
LENT: Final = N_("有人委托您替他投票：{title}")
BACK: Final = N_("一份给您的委托收回了：{title}")


async def differ(event: Event) -> None:
    """Tell the co-owners of a head at once when their papers differ; the first paper of a head cannot."""
    facts = facts_of(event)
    if facts["order"] == 1:
        return
    ballot = await Ballot.get(id=int(event.subject.removeprefix("ballot-"))).select_related("matter")
    if not await queries.differs(ballot.id, int(str(facts["head"]))):
        return
    voices = RollVoice.filter(head_id=facts["head"]).values_list("resident_id", flat=True)
    rows = Resident.filter(id__in=[int(str(each)) for each in await voices]).exclude(person_id=None)
    people = [int(str(each)) for each in await rows.values_list("person_id", flat=True)]
    dedupe = f"ballot-{ballot.id}-differ-{facts['head']}-{facts['order']}"
    told = {"title": ballot.matter.name}
    url = f"/ballots/{ballot.id}/homes"
    await tell(people, DIFFER, told, url=url, at=event.at, topic=Topic.BALLOT, binding=True, dedupe=dedupe)


async def extended(event: Event) -> None:
    """Plan the news that a close was put off, some people at a time."""
    subject = f"ballot-{facts_of(event)['ballot']}"
    await set_timer("ballot.later", subject, event.at, key="0", community_id=event.community_id)


async def put_off(event: Event) -> None:
    """Plan the news that a close moved because the site was away, some people at a time."""
    subject = f"ballot-{facts_of(event)['ballot']}"
    await set_timer("ballot.away", subject, event.at, key="0", community_id=event.community_id)


async def later(subject: str, at: datetime) -> None:
    """Tell those on the roll until when they can vote, because too few have."""
    await _tell_all("ballot.later", LATER, subject, at)


async def after_outage(subject: str, at: datetime) -> None:
    """Tell those on the roll until when they can vote, because the site was away."""
    await _tell_all("ballot.away", AWAY, subject, at)


async def _tell_all(kind: str, sentence: str, subject: str, at: datetime) -> None:
    ballot = await Ballot.get(id=int(subject.removeprefix("ballot-").partition("/")[0])).select_related("matter")
    crowd = await crowd_of(kind, subject, list(await people_on(ballot.roll_id)), at)
    closes = ballot.closes_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    told, dedupe = {"title": ballot.matter.name, "closes": closes}, f"ballot-{ballot.id}-{kind.partition('.')[2]}"
    url = f"/ballots/{ballot.id}"
    await tell(crowd, sentence, told, url=url, at=at, topic=Topic.BALLOT, binding=True, dedupe=dedupe)


async def lent(event: Event) -> None:
    """Tell the agent that somebody lent them a voice."""
    await _agent(event, LENT)


async def withdrawn(event: Event) -> None:
    """Tell the agent that a voice was taken back."""
    await _agent(event, BACK)


async def _agent(event: Event, sentence: str) -> None:
    facts = facts_of(event)
    ballot = await Ballot.get(id=int(event.subject.removeprefix("ballot-"))).select_related("matter")
    agent = await Person.filter(id=facts["agent"], closed_at=None).values_list("id", flat=True)
    told, dedupe = {"title": ballot.matter.name}, f"{event.kind}-{facts['mandate']}"
    url = f"/ballots/{ballot.id}/mandates"
    people = [int(str(each)) for each in agent]
    await tell(people, sentence, told, url=url, at=event.at, topic=Topic.BALLOT, dedupe=dedupe)


TELLERS: Final[Mapping[str, Teller]] = {
    "matter.extend": extended,
    "matter.put_off": put_off,
    "mandate.given": lent,
    "mandate.withdrawn": withdrawn,
}
TIMERS: Final[Mapping[str, Handler]] = {"ballot.later": later, "ballot.away": after_outage}
