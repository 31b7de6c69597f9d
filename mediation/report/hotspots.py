"""What keeps coming up: kinds of dispute so frequent in a community that people should talk about the cause.

Figures only, by community and kind, none below `LEAST` and none finer than a community; no person, place or word.
Source: 北京市接诉即办工作条例 26 (高频问题用民主协商); the figures are our own choice.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from community.errors import Unfit
from community.people.models import Person
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from community.subject_requests.queries import restricted
from mediation.case.states import State
from mediation.intake.rules import Kind
from mediation.report.queries import within

LEAST: Final = 5
"""Cases of a kind from which it is told, so that nobody is found by counting; figures are told in steps of it."""
SPAN: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Spot:
    """A kind of dispute in a community, and how often it came up at the least."""

    community_id: int
    kind: Kind
    least: int


def frequent(found: Iterable[tuple[int, str]]) -> list[Spot]:
    """Return what came up often, by community and two-digit kind, the most frequent first; rounded down.

    >>> frequent([(1, "02")] * 7 + [(1, "14")] * 4)
    [Spot(community_id=1, kind=<Kind.NEIGHBOURS: '02'>, least=5)]
    """
    counted = Counter((place, Kind(kind[:2])) for place, kind in found)
    spots = [Spot(place, kind, n - n % LEAST) for (place, kind), n in counted.items() if n >= LEAST]
    return sorted(spots, key=lambda each: (-each.least, each.community_id, each.kind))


async def hotspots(me: Person, *, at: datetime) -> list[Spot]:
    """Return what came up often of late where ``me`` reads the figures; raises `Hidden` for whoever reads none."""
    mine = (await within(me, at=at)).filter(filed_at__gte=at - SPAN).exclude(state=State.DECLINED)
    apart = await restricted()  # who asked that theirs be used for their own matter alone is counted in nothing else
    if apart:
        mine = mine.exclude(parties__person_id__in=list(apart))
    return frequent(await mine.values_list("community_id", "type_code"))


@command
async def offer(community_id: int, kind: Kind, *, by: Person, at: datetime) -> Spot:
    """Put on record that figures were taken to be talked about; the event holds kind, community and count alone.

    Raises:
        Hidden: ``by`` reads no figures.
        Unfit: it is not, or no longer, that frequent.
    """
    spot = next((s for s in await hotspots(by, at=at) if (s.community_id, s.kind) == (community_id, kind)), None)
    if spot is None:
        raise Unfit("这一类近三个月不到 {n} 件，不能拿出来说，免得认出是谁。", field="kind", n=LEAST)
    place = await Place.get(id=community_id)
    facts: dict[str, Any] = {"type": kind, "community": place.code, "least": spot.least}
    await record("hotspot.offered", f"place-{place.id}", by=by, at=at, community_id=community_id, **facts)
    return spot
