"""Taking an item so that no colleague works on it meanwhile (认领): a lease that runs out by itself."""

from datetime import datetime

from community.errors import MovedOn
from community.moderation.content import find_visible
from community.moderation.models import Claim
from community.moderation.rules import CLAIM_FOR
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.transaction import bookkeeping
from community.rights import Right
from community.words import N_

TAKEN = N_("这一条正由另一位同事处理。请先看下一条，过十五分钟再来。")


@bookkeeping
async def claim(subject: str, *, by: Person, at: datetime) -> None:
    """Take ``subject`` for a quarter of an hour; whoever has it takes it again for as long.

    Raises:
        Hidden: there is no such thing.
        Forbidden: this person moderates elsewhere.
        MovedOn: a colleague has it.
    """
    content = await find_visible(subject, by, at=at)
    await require_in_place(by, content.community_id, Right.CONTENT_MODERATE, at=at)
    until = at + CLAIM_FOR
    await Claim.bulk_create([Claim(subject=subject, person=by, until=until)], ignore_conflicts=True)
    mine = await Claim.filter(subject=subject, person_id=by.id).update(until=until)
    if not mine and not await Claim.filter(subject=subject, until__lte=at).update(person_id=by.id, until=until):
        raise MovedOn(TAKEN)


@bookkeeping
async def release(subject: str, *, by: Person) -> None:
    """Give ``subject`` back."""
    await Claim.filter(subject=subject, person_id=by.id).delete()


async def free_for(subject: str, by: Person, *, at: datetime) -> None:
    """Raise `MovedOn` when a colleague has taken ``subject``, and give up one's own lease; inside a command."""
    if await Claim.filter(subject=subject, until__gt=at).exclude(person_id=by.id).exists():
        raise MovedOn(TAKEN)
    await Claim.filter(subject=subject, person_id=by.id).delete()


async def claims(subjects: list[str], *, at: datetime) -> dict[str, Claim]:
    """Return the leases that run on these subjects."""
    return {each.subject: each for each in await Claim.filter(subject__in=subjects, until__gt=at)}
