"""What an agreement obliges to, written down promise by promise once its words are in effect."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from community.calendar.rules import ends_at
from community.timers.commands import set_timer
from mediation.agreement.coming import look_ahead
from mediation.agreement.models import AgreementVersion, Clause, Obligation
from mediation.agreement.queries import clause_text, obligations_of, paper_of
from mediation.agreement.ratifying import rosters, shares
from mediation.agreement.rules import OWED, SETTLED, Duty, dues
from mediation.agreement.text import promise
from mediation.case.keys import lock_for
from mediation.case.models import Case
from mediation.case.queries import parties_of

OVERDUE: Final = "agreement.overdue"
"""Timer: the last day of a promise is over."""
Part = tuple[str, int]
"""The sentence of a promise, and which part of it."""
NOTHING: Final[Mapping[Part, int]] = MappingProxyType({})


async def settled_before(case: Case) -> tuple[set[Part], dict[Part, int]]:
    """Return which promises were settled until now, and what came in fen of those that were paid in part."""
    rows = [each for each in await obligations_of(case) if each.state is not Duty.REPLACED]
    before = {(clause_text(each.clause), each.part): each for each in rows}
    kept = {which for which, each in before.items() if each.state in SETTLED}
    return kept, {which: each.paid_fen for which, each in before.items() if each.state is Duty.PARTIAL}


async def oblige(
    case: Case, version: AgreementVersion, *, kept: Collection[Part] = (), paid: Mapping[Part, int] = NOTHING
) -> None:
    """Let people owe what a wording in effect says; what an agreement before it said and is still open is replaced.

    ``kept`` are the sentences and parts of promises that were settled before and are not owed again; ``paid`` says in
    fen what came of those that were not. What goes to each member of a group is owed as often as members said yes.
    """
    await Obligation.filter(case_id=case.id, state__in=OWED).update(state=Duty.REPLACED)
    paper, heads = paper_of(version), shares(await rosters(case, version))
    parties = {party.sign: party for party in await parties_of(case)}
    for row, line in enumerate(paper.draft.lines, start=1):
        times = heads.get(line.who, 1) * heads.get(line.whom, 1) if line.each else 1
        clause = Clause(
            version=version,
            row=row,
            kind=line.kind,
            obligor=parties[line.who],
            obligee=parties[line.whom],
            amount_fen=line.amount and line.amount * times,
            due_on=line.until,
        )
        text = promise(paper, line)
        clause.text = lock_for(parties[line.who], text, about=f"clause|{clause.code}|text")
        await clause.save()
        for part, day in enumerate(dues(line), start=1):
            if (text, part) not in kept:
                await _owe(case, clause, part, day, paid.get((text, part), 0))


async def _owe(case: Case, clause: Clause, part: int, day: date | None, paid: int) -> None:
    owed = Obligation(clause=clause, part=part, case=case, community_id=case.community_id, due_on=day)
    owed.paid_fen, owed.state = paid, Duty.PARTIAL if paid else Duty.PENDING
    await owed.save()
    if day:
        await set_timer(OVERDUE, case.key, ends_at(day), community_id=case.community_id)
        await look_ahead(case, day)
