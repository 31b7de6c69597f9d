"""What is in a person's inbox and how they want their mail."""

from collections.abc import Collection, Mapping
from datetime import date, time

from community.notice.models import DigestHour, Mute, Notice
from community.people.models import Person

PAGE = 30


async def unread(person: Person) -> int:
    """Return how many notices ``person`` has not read."""
    return await Notice.filter(person_id=person.id, read_at=None).count()


async def inbox(person: Person, *, before: int | None = None) -> tuple[list[Notice], int | None]:
    """Return a page of the inbox, newest first, and the key of the next page when there is more."""
    rows = Notice.filter(person_id=person.id)
    if before:
        rows = rows.filter(id__lt=before)
    found = await rows.order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


async def in_digest(person_id: int, on: date) -> list[Notice]:
    """Return what the digest of a day tells a person: what they have not read on the site meanwhile."""
    return await Notice.filter(person_id=person_id, digest_on=on, read_at=None).order_by("id").limit(PAGE)


async def muted(person: Person) -> list[str]:
    """Return the topics ``person`` wants no mail about."""
    return sorted([mute.topic for mute in await Mute.filter(person_id=person.id)])


async def hours_of(communities: Collection[int | None]) -> Mapping[int | None, time]:
    """Return when the digests of these communities leave, where they chose an hour."""
    chosen = DigestHour.filter(community_id__in=[each for each in communities if each])
    return {row.community_id: time(row.hour) for row in await chosen}
