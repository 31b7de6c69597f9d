"""Who is told of a ballot: all on the roll when it opens, the silent ones a day before it closes, all of the result."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.commands import tell
from community.notice.mail import queue_mail
from community.notice.rules import Topic
from community.people.models import Person
from community.places.models import Place
from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler, set_timer
from deliberation.ballot import passes, queries
from deliberation.ballot.models import Ballot, BallotState, Channel
from deliberation.body.queries import people_on
from deliberation.following.queries import followers, followers_of_place
from deliberation.following.rules import News
from web.deliberation.ballot.mails import OPENED
from web.deliberation.ballot.reading import words_of
from web.deliberation.matter.shown import under_vote
from web.teller import Teller
from web.words import N_

CROWD: Final = 100  # people told in one transaction, so that nobody waits long behind it

OPEN: Final = N_("请您投票：{title}")
LATE: Final = N_("还有不到一天就截止了，您还没有投票：{title}")
DONE: Final = N_("结果公布了：{title}")


async def opened(event: Event) -> None:
    """Plan the letters, some people at a time."""
    await _plan("ballot.invite", event)


async def reminded(event: Event) -> None:
    """Plan the reminders, some people at a time."""
    await _plan("ballot.nudge", event)


async def published(event: Event) -> None:
    """Plan the news of the result."""
    number = facts_of(event)["ballot"]
    await set_timer("ballot.news", f"ballot-{number}", event.at, key="0", community_id=event.community_id)


async def _plan(kind: str, event: Event) -> None:
    await set_timer(kind, event.subject, event.at, key="0", community_id=event.community_id)


async def _ballot(subject: str) -> Ballot:
    number = int(subject.removeprefix("ballot-").partition("/")[0])
    return await Ballot.get(id=number).select_related("matter")


async def crowd_of(kind: str, subject: str, people: list[int], at: datetime) -> list[int]:
    """Return the next people to tell, and set a timer for those after them."""
    start = int(subject.partition("/")[2] or 0)
    waiting = sorted(person for person in people if person > start)
    now = waiting[:CROWD]
    if len(waiting) > CROWD:
        await set_timer(kind, f"{subject.partition('/')[0]}/{now[-1]}", at)
    return now


async def invite(subject: str, at: datetime) -> None:
    """Send each person on the roll the link by which they vote."""
    ballot = await _ballot(subject)
    if ballot.state is BallotState.OPEN:
        crowd = await crowd_of("ballot.invite", subject, list(await people_on(ballot.roll_id)), at)
        await _letters(ballot, crowd, OPEN, "open", at)


async def nudge(subject: str, at: datetime) -> None:
    """Remind those who have not voted, with the same link as before: each gets a fresh one."""
    ballot = await _ballot(subject)
    if ballot.state is BallotState.OPEN and at < ballot.closes_at:
        crowd = await crowd_of("ballot.nudge", subject, await queries.not_voted(ballot), at)
        await _letters(ballot, crowd, LATE, "late", at)


async def news(subject: str, at: datetime) -> None:
    """Tell everybody on the roll, who follows the matter and who follows results here that the result is out."""
    ballot = await _ballot(subject)
    place = await Place.get(bodies__id=ballot.body_id)
    around = await followers_of_place(place, News.RESULT)
    everybody = {*await people_on(ballot.roll_id), *await followers(ballot.matter), *around}
    crowd = await crowd_of("ballot.news", subject, list(everybody), at)
    facts = {"title": ballot.matter.name}
    url = f"/ballots/{ballot.id}/result"
    await tell(crowd, DONE, facts, url=url, at=at, topic=Topic.BALLOT, dedupe=f"ballot-{ballot.id}-news")


async def _letters(ballot: Ballot, people: list[int], sentence: str, mark: str, at: datetime) -> None:
    facts = {"title": ballot.matter.name}
    url = f"/ballots/{ballot.id}/vote" if Channel.SITE in ballot.ways else f"/ballots/{ballot.id}"
    dedupe = f"ballot-{ballot.id}-{mark}"
    await tell(people, sentence, facts, url=url, at=at, topic=Topic.BALLOT, binding=True, mail=False, dedupe=dedupe)
    words = under_vote(ballot.matter, await words_of(ballot), on_roll=True)
    asked = {"title": words.title, "why": words.why, "what": words.what, "closes": ballot.closes_at}
    readers = await Person.filter(id__in=people, closed_at=None).order_by("id")
    paths = await _paths(ballot, readers, at)
    for person in readers:
        letter = {**asked, **paths[person.id]}
        await queue_mail(
            person.email,
            person.lang,
            OPENED,
            letter,
            at=at,
            person_id=person.id,
            dedupe=f"{dedupe}:{person.id}",
            topic=Topic.BALLOT,
            secret=True,
        )


async def _paths(ballot: Ballot, readers: list[Person], at: datetime) -> dict[int, dict[str, str]]:
    """Return where each letter leads, by the ways the notice names: a link of their own, the site, or the notice."""
    if Channel.LINK in ballot.ways:
        tokens = await passes.issue(ballot, readers, at=at)
        return {number: {"by": "link", "path": f"/v/{token}"} for number, token in tokens.items()}
    site = {"by": "site", "path": f"/ballots/{ballot.id}/vote"}
    elsewhere = {"by": "elsewhere", "path": f"/ballots/{ballot.id}"}
    return {person.id: site if Channel.SITE in ballot.ways else elsewhere for person in readers}


TELLERS: Final[Mapping[str, Teller]] = {
    "ballot.opened": opened,
    "ballot.reminded": reminded,
    "matter.publish": published,
}
TIMERS: Final[Mapping[str, Handler]] = {"ballot.invite": invite, "ballot.nudge": nudge, "ballot.news": news}
