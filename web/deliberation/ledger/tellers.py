"""Who hears of the ledger: the voter, with a receipt, and everybody on the roll at the close, with the checkpoint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.commands import tell
from community.notice.mail import queue_mail
from community.notice.models import Mail
from community.notice.rules import DAILY_CAP, Topic, awake, bounds
from community.people.models import Person
from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler, set_timer
from deliberation.ballot.models import Ballot, Paper
from deliberation.body.queries import people_on
from deliberation.ledger.queries import latest, promised
from web.deliberation.ballot.owner_tellers import differ
from web.deliberation.ballot.tellers import crowd_of
from web.deliberation.ledger.mails import CLOSED, RECEIPT
from web.teller import Teller
from web.words import N_

OVER: Final = N_("表决截止了：{title}")


async def cast(event: Event) -> None:
    """Send the receipt, and tell the co-owners at once when their papers differ."""
    await _receipt(event)
    await differ(event)


async def _receipt(event: Event) -> None:
    """Send the receipt, with the promise, to whoever handed the paper in."""
    facts, number = facts_of(event), int(event.subject.removeprefix("ballot-"))
    rows = Paper.filter(ballot_id=number, vote__head_id=facts["head"], order=facts["order"])
    paper = await rows.select_related("vote__head", "by").first()
    told = await promised(paper, since=event.at) if paper else None
    if paper is None or told is None or paper.by is None or paper.by.closed_at:
        return
    sent = await _sent_today(paper.by, event.at)
    if sent >= DAILY_CAP:  # the page of the receipt says the same, and the mail before said that this is the last
        return
    ballot = await Ballot.get(id=number).select_related("matter")
    letter = {
        "title": ballot.matter.name,
        "receipt": "-".join(paper.receipt[at : at + 4].upper() for at in range(0, len(paper.receipt), 4)),
        "at": paper.at,
        "spoilt": paper.spoilt,
        "leaf": told.leaf,
        "by": told.by,
        "signature": told.signature,
        "key": told.key,
        "path": f"/ballots/{number}/log?leaf={told.leaf}",
        "last": sent + 1 == DAILY_CAP,
    }
    await _mail(paper.by, RECEIPT, letter, awake(event.at), f"receipt-{paper.id}", secret=True)


async def _sent_today(person: Person, at: datetime) -> int:
    """Return how many receipts go to somebody by mail on the day on which one of this instant would."""
    start, end = bounds(awake(at))
    return await Mail.filter(person_id=person.id, template=RECEIPT, run_at__gte=start, run_at__lt=end).count()


async def _mail(
    to: Person, template: str, letter: Mapping[str, object], at: datetime, mark: str, *, secret: bool
) -> None:
    await queue_mail(
        to.email,
        to.lang,
        template,
        letter,
        at=at,
        person_id=to.id,
        dedupe=f"{mark}:{to.id}",
        topic=Topic.BALLOT,
        secret=secret,
    )


async def closed(event: Event) -> None:
    """Plan the mails of the close, some people at a time."""
    await set_timer("ballot.over", event.subject, event.at, key="0", community_id=event.community_id)


async def over(subject: str, at: datetime) -> None:
    """Tell everybody on the roll that the vote is closed, with the checkpoint that holds its ledger fast."""
    ballot = await Ballot.get(id=int(subject.removeprefix("ballot-").partition("/")[0])).select_related("matter")
    last = await latest(ballot.id)
    if last is None:
        return
    crowd = await crowd_of("ballot.over", subject, list(await people_on(ballot.roll_id)), at)
    mark, url = f"ballot-{ballot.id}-over", f"/ballots/{ballot.id}/log"
    facts = {"title": ballot.matter.name}
    await tell(crowd, OVER, facts, url=url, at=at, topic=Topic.BALLOT, mail=False, dedupe=mark)
    letter = {**facts, "size": last.size, "root": last.root, "key": last.key, "path": url}
    for person in await Person.filter(id__in=crowd, closed_at=None).order_by("id"):
        await _mail(person, CLOSED, letter, at, mark, secret=False)


TELLERS: Final[Mapping[str, Teller]] = {"ballot.cast": cast, "ballot.closed": closed}
TIMERS: Final[Mapping[str, Handler]] = {"ballot.over": over}
