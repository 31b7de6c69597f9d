"""Who is told of a claim that a promise was kept; no names, facts or amounts."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.case.models import Case, Party
from mediation.case.queries import lead_of
from mediation.case.standing import acting_for
from mediation.paying.models import KeptClaim
from web.mediation.intake.tellers import case_of, say_at
from web.page import url_for
from web.teller import Teller
from web.words import N_

MADE: Final = N_("对方说有一项约定已经办好，请您七天内答复是不是（查询码 {code}）")
AGREED: Final = N_("您说办好的一项，对方认了（查询码 {code}）")
DENIED: Final = N_("有一项约定，一方说办好了，一方说没有。请登录查看（查询码 {code}）")
SILENT: Final = N_("说办好的一项，对方到期没有答复。请登录查看（查询码 {code}）")
VISITED: Final = N_("调解员把查看履行的情况记下来了，请登录查看（查询码 {code}）")


async def _of(event: Event) -> tuple[Case, KeptClaim, list[int], list[int]]:
    """Return the case, the claim, who acts for whom it is owed to, and for who said that it was kept."""
    case = await case_of(event)
    row = await KeptClaim.get(code=str(facts_of(event)["claim"])).select_related("obligation__clause")
    clause = row.obligation.clause
    sides = [await acting_for(await Party.get(id=each), at=event.at) for each in (clause.obligee_id, clause.obligor_id)]
    return case, row, sides[0], sides[1]


async def _lead(case: Case) -> list[int]:
    lead = await lead_of(case)
    return [lead.mediator_id] if lead else []


async def _say(event: Event, case: Case, row: KeptClaim, people: list[int], sentence: str) -> None:
    url = url_for("paying", code=case.code, duty=row.obligation.code)
    await say_at(set(people) - {event.actor_id or 0}, sentence, case, event, url=url)


async def made(event: Event) -> None:
    """Somebody says that it is kept: whom it was promised to, and who leads."""
    case, row, owed, _ = await _of(event)
    await _say(event, case, row, [*owed, *await _lead(case)], MADE)


async def agreed(event: Event) -> None:
    """It is so: who said it."""
    case, row, _, owes = await _of(event)
    await _say(event, case, row, owes, AGREED)


async def denied(event: Event) -> None:
    """It is not so: who said it, and who leads."""
    case, row, _, owes = await _of(event)
    await _say(event, case, row, [*owes, *await _lead(case)], DENIED)


async def silent(event: Event) -> None:
    """No answer came: both sides and who leads."""
    case, row, owed, owes = await _of(event)
    await _say(event, case, row, [*owed, *owes, *await _lead(case)], SILENT)


async def visited(event: Event) -> None:
    """The mediator looked: both sides."""
    case, row, owed, owes = await _of(event)
    await _say(event, case, row, [*owed, *owes], VISITED)


TELLERS: Final[Mapping[str, Teller]] = {
    "claim.made": made,
    "claim.agreed": agreed,
    "claim.denied": denied,
    "claim.silent": silent,
    "claim.visited": visited,
}
