"""Asking to hear of something, and asking to hear no more."""

from collections.abc import Collection
from datetime import datetime

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from deliberation.following.models import Follow
from deliberation.following.queries import followers
from deliberation.following.rules import LIMIT, News, matter_key, place_key
from deliberation.matter.models import Matter
from deliberation.matter.queries import find


@command
async def follow_matter(matter_id: int, *, wanted: bool, by: Person, at: datetime) -> None:
    """Follow a matter from now on, or stop; stopping also holds for those who seconded it or voted.

    Raises:
        Hidden: there is no such matter for ``by``, or it is still a draft.
        Unfit: they follow very many already.
    """
    matter = await find(by, matter_id)
    if matter.public_at is None:
        raise Hidden("草稿还没有公开，不用关注。")
    asked = Follow.filter(person_id=by.id, subject__startswith="matter-", wanted=True)
    if wanted and await asked.count() >= LIMIT:
        raise Unfit("您关注的事已经有 {most} 件了，请先停掉一些。", most=LIMIT)
    await _say(by, matter_key(matter.id), matter.community_id, wanted=wanted, at=at)
    kind = "follow.began" if wanted else "follow.ended"
    await record(kind, f"person-{by.id}", by=by, at=at, community_id=matter.community_id, matter=matter.id)


@command
async def follow_place(place: Place, news: Collection[News], *, by: Person, at: datetime) -> None:
    """Follow these kinds of news of a place, and no other kinds of it.

    Raises:
        Forbidden: it lies outside the community of ``by``.
    """
    if by.community_id is None or by.community_id not in {place.community_id, *place.ancestors}:
        raise Forbidden("只能关注您自己社区里的地方。")
    for each in News:
        await _say(by, place_key(place.id, each), place.community_id, wanted=each in news, at=at)
    chosen = [str(each) for each in News if each in news]
    await record("follow.chosen", f"person-{by.id}", by=by, at=at, community_id=place.community_id, news=chosen)


async def follow_on(matter: Matter, into: Matter, *, at: datetime) -> None:
    """Let whoever follows a matter follow the one it was merged into; call it inside that command.

    What somebody has said about the other one before, stands.
    """
    rows = [
        Follow(person_id=each, subject=matter_key(into.id), community_id=into.community_id, wanted=True, at=at)
        for each in await followers(matter)
    ]
    await Follow.bulk_create(rows, ignore_conflicts=True)


async def _say(person: Person, subject: str, community_id: int | None, *, wanted: bool, at: datetime) -> None:
    row = Follow(person_id=person.id, subject=subject, community_id=community_id, wanted=wanted, at=at)
    await Follow.bulk_create([row], on_conflict=["person_id", "subject"], update_fields=["wanted", "at"])
