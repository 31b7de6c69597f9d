"""What waits for moderators, and what the public may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.errors import Forbidden, Hidden
from community.moderation.bodies import may_answer
from community.moderation.hiding import may_second
from community.moderation.models import Appeal, Hiding, Report
from community.moderation.states import DISPUTED, PENDING
from community.moderation.undoing import may_undo
from community.people.models import Person
from community.people.roles import places_where, roles_in_place
from community.places.models import Place, PlaceKind
from community.rights import Right, may

APPEALS: Final = (Right.APPEAL_DECIDE, Right.APPEAL_REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One subject somebody reported, with its open reports, the oldest first."""

    subject: str
    community_id: int
    reports: tuple[Report, ...]

    @property
    def since(self) -> datetime:
        """Return when it was first reported."""
        return self.reports[0].at


async def communities(person: Person, right: Right, *, at: datetime) -> list[int]:
    """Return the ids of the communities in which ``person`` holds ``right``, there or in a place around them."""
    places = await places_where(person, right, at=at)
    if not places:
        return []
    within = Q(*(Q(path__contains=f"/{place}/") for place in places), join_type=Q.OR)
    return [place.id for place in await Place.filter(within, kind=PlaceKind.COMMUNITY)]


async def queue(person: Person, *, at: datetime, places: list[int] | None = None) -> list[Waiting]:
    """Return what waits for ``person`` as a moderator, the longest waiting first; ``places`` where they are known."""
    if places is None:
        places = await communities(person, Right.CONTENT_MODERATE, at=at)
    found: dict[str, list[Report]] = {}
    for report in await Report.filter(community_id__in=places, closed_at=None).order_by("id").limit(500):
        found.setdefault(report.subject, []).append(report)
    return [Waiting(subject, reports[0].community_id, tuple(reports)) for subject, reports in found.items()]


async def to_confirm(person: Person, *, at: datetime) -> list[Hiding]:
    """Return the hidings that wait for a second pair of eyes, and were begun by somebody else."""
    places = await communities(person, Right.CONTENT_MODERATE, at=at)
    waiting = await Hiding.filter(community_id__in=places, state__in=list(PENDING)).order_by("at", "id")
    return [each for each in waiting if await _independent(each, person, at)]


async def _independent(hiding: Hiding, person: Person, at: datetime) -> bool:
    try:
        await may_second(hiding, person, at=at)
    except Forbidden:
        return False
    return True


async def appeals(person: Person, *, at: datetime) -> list[Hiding]:
    """Return what ``person`` may answer an appeal about, the oldest first."""
    places = {place for right in APPEALS for place in await communities(person, right, at=at)}
    waiting = await Hiding.filter(community_id__in=places, state__in=list(DISPUTED)).order_by("id")
    return [each for each in waiting if await may_answer(each, DISPUTED[each.state], person, at=at)]


async def answers_appeals(person: Person, *, at: datetime) -> bool:
    """Return whether ``person`` answers appeals anywhere."""
    return any([await communities(person, right, at=at) for right in APPEALS])


async def appeals_of(hidings: Iterable[Hiding]) -> dict[int, list[Appeal]]:
    """Return the appeals against these decisions by the id of the decision, the first level first."""
    found: dict[int, list[Appeal]] = {}
    for appeal in await Appeal.filter(hiding_id__in=[each.id for each in hidings]).order_by("level"):
        found.setdefault(appeal.hiding_id, []).append(appeal)
    return found


async def find_hiding(person: Person, code: str, *, at: datetime) -> Hiding:
    """Return a hiding for its author, for moderators of the place and for those who answer appeals.

    Raises:
        Hidden: there is none, or it is nobody of these.
    """
    hiding = await Hiding.get_or_none(code=code)
    if hiding and (hiding.author_id == person.id or await _handles(person, hiding, at)):
        return hiding
    raise Hidden("没有找到这条处理记录。可能地址抄错了，也可能您还没有权限看。")


async def _handles(person: Person, hiding: Hiding, at: datetime) -> bool:
    roles = await roles_in_place(person, hiding.community_id, at=at)
    return any(may(roles, right) for right in (Right.CONTENT_MODERATE, *APPEALS))


async def batch_of(person: Person, batch: str) -> list[Hiding]:
    """Return the items of a batch for who decided it, or those an author wrote.

    Raises:
        Hidden: there is none, or it is nobody of these.
    """
    found = await Hiding.filter(batch=batch).order_by("id") if batch else []
    own = [each for each in found if person.id in (each.author_id, each.by_id)]
    if not own:
        raise Hidden("没有找到这一批处理记录。可能地址抄错了，也可能您还没有权限看。")
    return own


async def log(*, community_id: int | None = None, before: int | None = None, limit: int = 50) -> list[Hiding]:
    """Return the public log, newest first: what was hidden and why, never the words or who it was."""
    rows = Hiding.all() if community_id is None else Hiding.filter(community_id=community_id)
    if before:
        rows = rows.filter(id__lt=before)
    return await rows.order_by("-id").limit(limit)


async def first_day() -> datetime | None:
    """Return when the first decision was made, if there is one."""
    first = await Hiding.all().order_by("at").first()
    return first.at if first else None


async def is_live(subject: str) -> bool:
    """Return whether something was done about ``subject``, or waits for a second person."""
    return await Hiding.filter(live=subject).exists()


async def own_hidings(person: Person | None, subjects: Sequence[str]) -> dict[str, str]:
    """Return, of what was done about these subjects and is the reader's own, the code of the decision by subject."""
    if person is None or not subjects:
        return {}
    return {each.subject: each.code for each in await Hiding.filter(live__in=list(subjects), author_id=person.id)}


async def undoable(person: Person, code: str, *, at: datetime) -> Hiding | None:
    """Return the decision of ``code`` while ``person`` may still take it back."""
    found = await Hiding.get_or_none(code=code) if code else None
    return found if found and may_undo(found, person, at=at) else None
