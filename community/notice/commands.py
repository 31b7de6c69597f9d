"""Telling people: a line in the inbox at once, a mail when they want it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from community.errors import Hidden, Unfit
from community.notice.mail import queue_mail
from community.notice.models import DigestHour, Mail, Mute, Notice
from community.notice.queries import hours_of
from community.notice.rules import DIGEST as SIX
from community.notice.rules import HOURS, Plan, Rhythm, awake, bounds, plan
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Place
from community.record.outbox import canonical, record
from community.record.transaction import bookkeeping, command, inside
from community.rights import Right

TOLD = "community/notice/mail_told"
DIGEST = "community/notice/mail_digest"


async def tell(
    person_ids: Iterable[int],
    sentence: str,
    facts: Mapping[str, object],
    *,
    url: str,
    at: datetime,
    topic: str,
    binding: bool = False,
    mail: bool = True,
    dedupe: str | None = None,
) -> None:
    """Tell people something; call it inside a command or a teller.

    Args:
        person_ids: whom.
        sentence: a Chinese sentence that is a message id; about a case it names no opponent, fact or amount,
            because it is the subject of the mail.
        facts: values for the ``{names}`` in it.
        url: the path where they can do something about it.
        at: now.
        topic: ``matter``, ``ballot``, ``case``, ``moderation``, ``account``: what one may unsubscribe from.
        binding: it concerns a right or a duty: mailed at once, whatever they chose.
        mail: whether to mail at all.
        dedupe: at most 80 characters; nobody is told twice under the same mark.
    """
    if not inside():
        raise RuntimeError("tell inside a command or a teller")
    people = await Person.filter(id__in=set(person_ids), closed_at=None).order_by("id")
    if dedupe:
        people = await _untold(people, dedupe)
    plans = await _plans(people, at=at, topic=topic, binding=binding) if mail else {}
    told = {"sentence": sentence, "facts": dict(facts), "url": url}
    line = Notice(topic=topic, sentence=sentence, facts=canonical(facts), url=url, at=at, dedupe=dedupe)
    await Notice.bulk_create([_to(person, line, plans.get(person.id)) for person in people], ignore_conflicts=True)
    for person in people if mail else ():
        await _mail(person, plans[person.id], told, topic=topic, binding=binding, at=at)


def _to(person: Person, line: Notice, chosen: Plan | None) -> Notice:
    """Return ``line`` as it lies in the inbox of ``person``."""
    return Notice(
        person_id=person.id,
        community_id=person.community_id,
        topic=line.topic,
        sentence=line.sentence,
        facts=line.facts,
        url=line.url,
        at=line.at,
        digest_on=chosen.digest_on if chosen else None,
        dedupe=f"{line.dedupe}:{person.id}" if line.dedupe else None,
    )


async def _untold(people: Sequence[Person], dedupe: str) -> list[Person]:
    marks = {f"{dedupe}:{person.id}": person for person in people}
    known = {notice.dedupe for notice in await Notice.filter(dedupe__in=list(marks))}
    return [person for mark, person in marks.items() if mark not in known]


async def _plans(people: Sequence[Person], *, at: datetime, topic: str, binding: bool) -> dict[int, Plan]:
    ids = [person.id for person in people]
    start, end = bounds(awake(at))
    planned = Mail.filter(person_id__in=ids, binding=False, run_at__gte=start, run_at__lt=end).exclude(template=DIGEST)
    had = Counter(mail.person_id for mail in await planned)
    muted = {mute.person_id for mute in await Mute.filter(person_id__in=ids, topic=topic)}
    hours = await hours_of({person.community_id for person in people})
    return {
        person.id: plan(
            Rhythm(person.mail_digest),
            at=at,
            binding=binding,
            muted=person.id in muted,
            had=had[person.id],
            hour=hours.get(person.community_id, SIX),
        )
        for person in people
    }


async def _mail(
    person: Person, chosen: Plan, told: Mapping[str, object], *, topic: str, binding: bool, at: datetime
) -> None:
    if chosen.at:
        await queue_mail(
            person.email, person.lang, TOLD, told, at=chosen.at, person_id=person.id, binding=binding, topic=topic
        )
    elif chosen.digest_on and chosen.digest_at:
        await queue_mail(
            person.email,
            person.lang,
            DIGEST,
            {"on": chosen.digest_on.isoformat()},
            at=max(at, chosen.digest_at),
            person_id=person.id,
            dedupe=f"digest:{person.id}:{chosen.digest_on}",
            binding=False,
            topic="digest",
        )


@bookkeeping
async def read_one(person: Person, code: str, *, at: datetime) -> Notice:
    """Mark one notice as read and return it.

    Raises:
        Hidden: this person has no such notice.
    """
    notice = await Notice.get_or_none(code=code, person_id=person.id)
    if notice is None:
        raise Hidden("没有找到这条通知。它可能不是发给您的。")
    await Notice.filter(id=notice.id, read_at=None).update(read_at=at)
    return notice


@bookkeeping
async def read_all(person: Person, *, at: datetime) -> int:
    """Mark everything in the inbox as read and return how much that was."""
    return await Notice.filter(person_id=person.id, read_at=None).update(read_at=at)


@command
async def choose_mail(person: Person, rhythm: str, topics: Iterable[str] | None = None, *, at: datetime) -> None:
    """Set how often ``person`` wants mail that does not bind; ``topics`` are those they want none about.

    Raises:
        Unfit: there is no such rhythm.
    """
    if rhythm not in set(Rhythm):
        raise Unfit("请选一种收信方式。", field="rhythm")
    await Person.filter(id=person.id).update(mail_digest=rhythm)
    if topics is not None:
        await Mute.filter(person_id=person.id).delete()
        await Mute.bulk_create([Mute(person_id=person.id, topic=topic) for topic in sorted(set(topics))])
    await record("mail.chosen", f"person-{person.id}", by=person, at=at, rhythm=rhythm)


@command
async def unsubscribe(person: Person, topic: str, *, at: datetime) -> None:
    """Send ``person`` no more mail about ``topic``; about ``digest``: no more mail that does not bind."""
    if topic == "digest":
        await Person.filter(id=person.id).update(mail_digest=Rhythm.NONE)
    else:
        await Mute.bulk_create([Mute(person_id=person.id, topic=topic)], ignore_conflicts=True)
    await record("mail.unsubscribed", f"person-{person.id}", by=person, at=at, topic=topic)


@command
async def choose_digest_hour(community: Place, hour: int, *, by: Person, at: datetime) -> None:
    """Set the hour at which the digest of a community leaves; what is planned already keeps its hour.

    Raises:
        Forbidden: ``by`` does not keep this community's settings.
        Unfit: people would be woken by it.
    """
    await require_in_place(by, community.id, Right.PLACE_EDIT, at=at)
    first, last = HOURS
    if not first <= hour <= last:
        raise Unfit("请选早上 {first} 点到晚上 {last} 点之间的整点。", field="hour", first=first, last=last)
    row = DigestHour(community_id=community.id, hour=hour)
    await DigestHour.bulk_create([row], on_conflict=["community_id"], update_fields=["hour"])
    await record("digest.hour-chosen", f"place-{community.id}", by=by, at=at, community_id=community.id, hour=hour)
