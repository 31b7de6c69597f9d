"""Binding a finished case: from then on it is only read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.calendar.rules import ends_at, local_day
from community.orgs.models import Org
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import set_timer
from mediation.agreement.queries import held_case
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.archive.purging import PURGE
from mediation.archive.queries import Bundle, bundle_of
from mediation.archive.rules import ALONE, TOGETHER, Retention, chained, kept_until, shorter
from mediation.case import numbers
from mediation.case.events import Event
from mediation.case.keys import lock_with
from mediation.case.models import Case, Track
from mediation.case.moving import demand, move, permitted
from mediation.case.noting import fitting
from mediation.papers.numbering import give
from mediation.papers.rules import Made
from mediation.room.models import Room
from mediation.room.opening import close_rooms
from mediation.room.rules import RoomKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What the archivist decides.

    Attributes:
        shown: the hash of the list of papers they had before them.
        retention: how long it is kept.
        purge: they saw the days on which the talk is destroyed.
        words: 情况说明, needed where a paper is missing or the term is shorter than suggested.
    """

    shown: str
    retention: Retention | None
    purge: bool
    words: str = ""


@command
async def archive(code: str, binding: Binding, *, by: Person, at: datetime) -> CaseDossier:
    """Put a finished case on the shelf, with the next dossier number of the body and the year.

    Raises:
        Unfit: a paper is missing and nobody said why, the list is not the one that was looked at, the term or the
            days of destruction are not set.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.ARCHIVE, seats=seats, by=by)
    bundle = await bundle_of(case)
    words = _checked(binding, bundle)
    org = await Org.get(id=case.org_id)
    number = await _number(case, by=by, at=at)
    last = await CaseDossier.filter(org_id=org.id).order_by("-id").first()
    before, today = (last.link if last else ""), local_day(at)
    closed = local_day(case.closed_at or case.moved_at)
    dossier = await CaseDossier.create(
        community_id=case.community_id,
        case=case,
        org=org,
        number=number,
        retention=binding.retention,
        kept_until=kept_until(binding.retention, closed) if binding.retention else None,
        words=lock_with(case, words, about=f"case|{case.code}|dossier"),
        before=before,
        manifest=bundle.manifest,
        link=chained(before, number, bundle.manifest),
        alone_until=today + ALONE,
        together_until=today + TOGETHER,
        by=by,
        at=at,
    )
    await _list(dossier, bundle)
    await _plan(case, dossier, at)
    facts: dict[str, Any] = {
        "number": number,
        "manifest": bundle.manifest,
        "link": dossier.link,
        "retention": dossier.retention,
    }
    await move(case, Event.ARCHIVE, seats=seats, by=by, at=at, **facts)
    return dossier


def _checked(binding: Binding, bundle: Bundle) -> str:
    """Return the words that go with the dossier, or raise `Unfit`."""
    words = fitting(binding.words, "words")
    demand(Event.ARCHIVE, "papers_complete", holds=bool(words) or not bundle.lacks, field="words")
    demand(Event.ARCHIVE, "manifest_chained", holds=binding.shown == bundle.manifest, field="shown")
    demand(Event.ARCHIVE, "retention_set", holds=binding.retention is not None, field="retention")
    short = binding.retention is not None and shorter(binding.retention, bundle.retention)
    demand(Event.ARCHIVE, "retention_set", holds=bool(words) or not short, field="words")
    demand(Event.ARCHIVE, "purge_planned", holds=binding.purge, field="purge")
    return words


async def _number(case: Case, *, by: Person, at: datetime) -> str:
    """Return the next number of the body's shelf; it holds the series, so that the chain cannot fork."""
    kind = numbers.Kind.ADMIN if case.track is Track.ADMIN else numbers.Kind.PEOPLE
    return await give(case, kind, Made.DOSSIER, by=by, at=at)


async def _list(dossier: CaseDossier, bundle: Bundle) -> None:
    rows = enumerate(bundle.sheets, start=1)
    await DossierLeaf.bulk_create(
        [DossierLeaf(dossier=dossier, row=row, leaf=each.leaf, n=each.n, sha256=each.sha256) for row, each in rows]
    )


async def _plan(case: Case, dossier: CaseDossier, at: datetime) -> None:
    """Close the rooms, and let each be destroyed when its days are over."""
    await close_rooms(case, at=at)
    for room in await Room.filter(case_id=case.id).order_by("id"):
        day = dossier.together_until if room.kind in (RoomKind.JOINT, RoomKind.INTAKE) else dossier.alone_until
        await set_timer(PURGE, room.name, ends_at(day), community_id=case.community_id)
