"""What waits for moderators, and what the public may see."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_high

from tortoise.expressions import Q

from community.errors import Hidden
from community.moderation.models import Hiding, Report
from community.moderation.rules import PENDING, Reason, Source, State
from community.people.models import Person
from community.people.roles import places_where, roles_in_place
from community.places.models import Place, PlaceKind
from community.rights import Right, may


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


async def queue(person: Person, *, at: datetime) -> list[Waiting]:
    """Return what waits for ``person`` as a moderator, the longest waiting first."""
    places = await communities(person, Right.CONTENT_MODERATE, at=at)
    found: dict[str, list[Report]] = {}
    for report in await Report.filter(community_id__in=places, closed_at=None).order_by("id").limit(500):
        found.setdefault(report.subject, []).append(report)
    return [Waiting(subject, reports[0].community_id, tuple(reports)) for subject, reports in found.items()]


async def to_confirm(person: Person, *, at: datetime) -> list[Hiding]:
    """Return the hidings that wait for a second pair of eyes, and were begun by somebody else."""
    places = await communities(person, Right.CONTENT_MODERATE, at=at)
    waiting = Hiding.filter(community_id__in=places, state__in=list(PENDING)).exclude(by_id=person.id)
    return await waiting.order_by("at", "id")


async def appeals(person: Person, *, at: datetime) -> list[Hiding]:
    """Return the appeals that ``person`` may answer, the most urgent first."""
    places = await communities(person, Right.APPEAL_DECIDE, at=at)
    open_ones = Hiding.filter(community_id__in=places, state=State.APPEALED).order_by("answer_due", "id")
    return [each for each in await open_ones if person.id not in (each.by_id, each.second_id, each.author_id)]


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
    return may(roles, Right.CONTENT_MODERATE) or may(roles, Right.APPEAL_DECIDE)


async def log(*, community_id: int | None = None, before: int | None = None, limit: int = 50) -> list[Hiding]:
    """Return the public log, newest first: what was hidden and why, never the words or who it was."""
    rows = Hiding.all() if community_id is None else Hiding.filter(community_id=community_id)
    if before:
        rows = rows.filter(id__lt=before)
    return await rows.order_by("-id").limit(limit)


@dataclass(frozen=True, slots=True)
class Summary:
    """A period in figures."""

    hidings: int
    kept: int
    by_reason: tuple[tuple[Reason, int], ...]
    by_source: tuple[tuple[Source, int], ...]
    appeals: int
    restored: int
    by_clock: int
    wait: timedelta | None


async def summary(since: datetime, until: datetime, *, community_id: int | None = None) -> Summary:
    """Return what was decided in ``[since, until)``, counted from the decisions themselves."""
    where = {} if community_id is None else {"community_id": community_id}
    hidings = await Hiding.filter(at__gte=since, at__lt=until, **where)
    closed = await Report.filter(closed_at__gte=since, closed_at__lt=until, **where)
    return summed(hidings, closed)


def summed(hidings: Sequence[Hiding], closed: Iterable[Report]) -> Summary:
    """Return the figures of these hidings and closed reports."""
    done = list(closed)
    reasons, sources = Counter(each.reason for each in hidings), Counter(each.source for each in hidings)
    waits = [report.closed_at - report.at for report in done if report.closed_at]
    return Summary(
        hidings=len(hidings),
        kept=len({report.subject for report in done if report.verdict == "keep"}),
        by_reason=tuple((reason, reasons[reason]) for reason in Reason if reasons[reason]),
        by_source=tuple((source, sources[source]) for source in Source if sources[source]),
        appeals=sum(each.appealed_at is not None for each in hidings),
        restored=sum(each.state in {State.REVERSED, State.EXPIRED} for each in hidings),
        by_clock=sum(each.state in {State.LAPSED, State.EXPIRED} for each in hidings),
        wait=median_high(waits) if waits else None,
    )
