"""What the pages of the log and of an opened thing show."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediation.agreement.queries import clause_text, latest, obligations_of, paper_of
from mediation.agreement.rules import Duty
from mediation.agreement.text import sections
from mediation.case.access import PARTIES, Grade, Seat, Thing
from mediation.case.keys import opened, opened_case
from mediation.case.models import Case
from mediation.case.queries import parties_of
from mediation.evidence.keeping import clear
from mediation.evidence.queries import shared_list
from mediation.privacy.commands import opened_reason
from mediation.privacy.identity import COLUMNS
from mediation.privacy.models import GlassPermit
from mediation.privacy.queries import Log, stands
from web.words import N_

STORY: Final = (("statement", N_("事情经过")), ("wish", N_("希望怎么解决")), ("place", N_("地点")))


def permits_in(log: Log, at: datetime) -> list[dict[str, object]]:
    """Return the wishes to open something; why, only to whoever reads the log whole; who, not to the parties."""
    whole, named = log.grade is Grade.WHOLE, log.grade is not Grade.SIDE
    return [
        {
            "permit": each,
            "standing": stands(each, at),
            "reason": opened_reason(log.case, each) if whole else "",
            "asked_by": each.asked_by.name if named else "",
            "decided_by": each.decided_by.name if named and each.decided_by else "",
        }
        for each in log.permits
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of what was opened with its lines, and where a promise stands."""

    title: str
    lines: list[str]
    state: Duty | None = None


async def contents(permit: GlassPermit) -> list[Part]:
    """Return what was opened."""
    case: Case = permit.case
    return await _READERS[permit.thing](case)


async def _identity(case: Case) -> list[Part]:
    return [Part(each.sign, [opened(each, column) for column in COLUMNS]) for each in await parties_of(case)]


async def _statement(case: Case) -> list[Part]:
    return [Part(title, [opened_case(case, column)]) for column, title in STORY]


async def _shared(case: Case) -> list[Part]:
    """List what was shown to everybody; the files open on the page of the evidence while the minutes run."""
    return [
        Part(f"{each.n}. {clear(case, each, 'title')}", [f"SHA-256 {file.sha256}" for file in files])
        for each, files in await shared_list(case)
    ]


async def _agreement(case: Case) -> list[Part]:
    version = await latest(case)
    if version is None or version.frozen_at is None:
        return []
    return [Part(title, lines) for title, lines in sections(paper_of(version))]


async def _performance(case: Case) -> list[Part]:
    rows = enumerate(await obligations_of(case), start=1)
    return [Part(str(n), [clause_text(each.clause)], Duty(each.state)) for n, each in rows]


_READERS: Final[Mapping[Thing, Callable[[Case], Awaitable[list[Part]]]]] = {
    Thing.IDENTITY: _identity,
    Thing.STATEMENT: _statement,
    Thing.SHARED: _shared,
    Thing.AGREEMENT: _agreement,
    Thing.PERFORMANCE: _performance,
}


def is_party(seats: frozenset[Seat]) -> bool:
    """Return whether the log is read by somebody in the case."""
    return bool(seats & PARTIES)
