"""名册异议 — what follows from an objection to a roll: an upheld one makes a new version, a frozen one never changes.

Objections are filed against the publication of a roll (``deliberation/publicity``) within five days and
answered within three; here is what the answer does, and whether a roll still stands for a vote.
Source: 城市居民委员会组织法 (2025) 17.
"""

from datetime import datetime
from typing import Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from community.errors import Unfit
from community.people.models import Person
from deliberation.body.commands import freeze_roll
from deliberation.body.freezing import content_hash
from deliberation.body.gathering import drafts
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import latest_roll
from deliberation.publicity.models import Objection, Publication
from deliberation.publicity.rules import Kind, Verdict

PAGE: Final = 30


async def correct(objection: Objection, *, by: Person, at: datetime) -> RollVersion:
    """Return the roll that an upheld objection calls for; call it inside the command that upholds it.

    The register is set right first. When a version with the very same content has been frozen
    since, it is that one; else a new one is frozen and published.

    Raises:
        Unfit: the register still says what was objected to.
    """
    was = await RollVersion.get(id=int(objection.publication.subject.removeprefix("roll-")))
    body = await Body.get(id=was.body_id)
    now = content_hash(await drafts(body, was.basis, at=at))
    if now == was.content_hash:
        raise Unfit("登记里还没有改过来。请先在“地方和房屋”里改好，再认可这条异议。", field="verdict")
    latest = await latest_roll(body.id)
    if latest and latest.id != was.id and (latest.basis, latest.content_hash) == (was.basis, now):
        return latest
    return await freeze_roll(body.id, was.basis, corrects=objection.id, by=by, at=at)


async def undecided(body_id: int) -> int:
    """Return how many objections to rolls of a body wait for an answer."""
    subjects = [f"roll-{number}" for number in await RollVersion.filter(body_id=body_id).values_list("id", flat=True)]
    return await _objections(subjects).filter(verdict=None).count()


async def stands(roll_id: int) -> bool:
    """Return whether a roll may be voted by: every objection to it was answered, and none upheld."""
    return not await _objections([f"roll-{roll_id}"]).filter(Q(verdict=None) | Q(verdict=Verdict.UPHELD)).exists()


def _objections(subjects: list[str]) -> QuerySet[Objection]:
    return Objection.filter(publication__kind=Kind.ROLL, publication__subject__in=subjects)


async def hung(roll: RollVersion) -> Publication:
    """Return the publication of a roll."""
    return await Publication.get(kind=Kind.ROLL, subject=f"roll-{roll.id}")


async def objections(body_id: int, *, before: int | None = None) -> tuple[list[Objection], int | None]:
    """Return a page of the objections to the rolls of a body, newest first, and the key of the next page."""
    subjects = [f"roll-{number}" for number in await RollVersion.filter(body_id=body_id).values_list("id", flat=True)]
    rows = _objections(subjects).filter(**({"id__lt": before} if before else {}))
    found = await rows.select_related("publication", "by").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
