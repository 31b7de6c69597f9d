"""What the records say about each mediator of a committee before one case, for `ranking`; and who carries how much."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tortoise.expressions import Q, Subquery

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.people.roles import orgs_where, people_with
from community.places.models import Resident
from community.record.reading import many
from community.rights import Right
from mediation.assignment.commands import MOST
from mediation.assignment.ranking import Candidate, Suggestion, suggest
from mediation.assignment.ties import ties_to, waivable
from mediation.case.models import Assignment, Case, Party
from mediation.parties.models import Interpreter
from mediation.register.queries import entries_of, running
from mediation.register.rules import Tongue, named


async def suggestions(case: Case, *, tongue: Tongue | None = None, at: datetime) -> list[Suggestion]:
    """Return the mediators of the case's committee, whom to ask first on top; with ``tongue`` only who speaks it."""
    ids = await people_with(Right.CASE_MEDIATE, org_id=case.org_id, at=at)
    parties = [each.person_id for each in await Party.filter(case_id=case.id, left_at=None) if each.person_id]
    led = Assignment.filter(mediator_id__in=ids)
    ended = Q(ended_because="closed", case__type_code=case.type_code, case__org_id=case.org_id)
    told = led.filter(Q(until=None) | ended | Q(case_id=case.id, ended_because="recused"))
    rows = await told.values_list("mediator_id", "ended_because")
    load, kind, gone = [_those(rows, because) for because in ("", "closed", "recused")]
    before = Party.filter(person_id__in=[*parties, 0]).exclude(case_id=case.id).values("case_id")
    earlier = led.filter(case_id__in=Subquery(before))
    met = Counter(int(str(each)) for each in await earlier.values_list("mediator_id", flat=True))
    homes, buildings = await _near(ids, parties)
    declared, may_waive = await ties_to(case, ids), waivable(case)
    entries, wanted = await entries_of(case.org_id, ids), {tongue} if tongue else await _wanted(case)
    spoken = {person: set(entry.tongues.split()) for person, entry in entries.items()}
    known = {person: entry.kinds.split() for person, entry in entries.items()}
    return suggest(
        Candidate(
            code=each.code,
            name=each.name,
            tied=each.id in parties or each.id in homes,
            declared=each.id in declared and not may_waive,
            warned=each.id in declared and may_waive,
            recused=gone[each.id] > 0,
            full=load[each.id] >= MOST,
            expired=each.id in entries and not running(entries[each.id], at=at),
            tongue=bool(wanted & spoken.get(each.id, set())),
            skill=case.type_code[:2] in known.get(each.id, ()),
            building=each.id in buildings - homes,
            met=met[each.id],
            kind=kind[each.id],
            load=load[each.id],
        )
        for each in await Person.filter(id__in=ids)
        if tongue is None or tongue in spoken.get(each.id, ())
    )


async def _wanted(case: Case) -> set[Tongue]:
    """Return what the parties speak, as their interpreters' languages say."""
    rows = await Interpreter.filter(party__case_id=case.id, ended_at=None).values_list("language", flat=True)
    return {tongue for each in rows if (tongue := named(str(each)))}


def _those(rows: Iterable[tuple[object, ...]], because: str) -> Counter[int]:
    """Count by mediator the rows that ended so; an empty reason is that of what has not ended."""
    return Counter(int(str(mediator)) for mediator, ended in rows if ended == because)


async def _near(ids: Iterable[int], parties: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return who of ``ids`` lives in the home, and who in the building, of one of ``parties``, as the roll says."""
    listed = Resident.filter(person_id__in=[*ids, *parties], moved_out=None).exclude(unit_id=None)
    rows = await listed.values_list("person_id", "unit_id", "unit__building_id")
    found = [(int(str(person)), unit, building) for person, unit, building in rows]
    units = {unit for person, unit, _ in found if person in parties}
    around = {building for person, _, building in found if person in parties}
    home = {person for person, unit, _ in found if unit in units and person not in parties}
    return home, {person for person, _, building in found if building in around and person not in parties}


@dataclass(frozen=True, slots=True)
class Load:
    """What one mediator has in hand; ``name`` is empty for what nobody leads yet."""

    name: str
    open: int
    late: int
    week: int


_WORKLOAD: Final = """SELECT coalesce(p.name, ''), count(*), sum(CASE WHEN d.due < $2 THEN 1 ELSE 0 END),
    sum(CASE WHEN d.due >= $2 AND d.due <= $3 THEN 1 ELSE 0 END)
FROM dispute_case c
LEFT JOIN assignment a ON a.case_id = c.id AND a.until IS NULL
LEFT JOIN person p ON p.id = a.mediator_id
LEFT JOIN (SELECT case_id, min(due) AS due FROM period WHERE ended_at IS NULL AND waits_since IS NULL GROUP BY case_id)
    d ON d.case_id = c.id
WHERE c.org_id = $1 AND c.state NOT IN ('draft', 'closed', 'declined', 'redirected', 'merged', 'archived')
GROUP BY a.mediator_id, p.name ORDER BY 2 DESC, 1"""


async def workload(me: Person, *, at: datetime) -> list[Load]:
    """Return what each mediator of the organisations that ``me`` directs has in hand: open, late, due within a week.

    Raises:
        Hidden: ``me`` directs none.
    """
    orgs = await orgs_where(me, Right.CASE_DIRECT, at=at)
    if not orgs:
        raise Hidden("只有调委会主任看得到。请换一个账号登录。")
    today = local_day(at)
    week = date.fromordinal(today.toordinal() + 7)
    found = [row for org in orgs for row in await many(_WORKLOAD, org, today, week)]
    return [Load(str(name), int(count), int(late or 0), int(soon or 0)) for name, count, late, soon in found]
