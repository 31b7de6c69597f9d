"""The rules of votes in plain words: what each asks for, which article says so, from when to when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.law.packs import shipped, statutes
from community.law.rules import Confidence, Pack, Statute, cited
from deliberation.ballot.packs import rules_from
from deliberation.ballot.rules import DecisionRule, Silence
from web.deliberation.ballot.figures import Asked
from web.page import page
from web.person import now
from web.words import N_

SILENT: Final = {
    Silence.NONE: N_("不表态的不算参加。"),
    Silence.ABSTAIN: N_("到场或送达后不表态的，算弃权：算参加，不算赞成。"),
    Silence.MAJORITY: N_("送达后不表态的，随多数（从多）。这个做法有争议，要有送达证明和明确提示。"),
}
SURE: Final = {
    Confidence.READ: N_("读自法规文本"),
    Confidence.SECOND_HAND: N_("间接来源，只能作为可改的默认值"),
    Confidence.MEMORY: N_("凭记忆，待核，只能作为可改的默认值"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as the page tells it: its lines, the statutes it cites by article, and whether it holds today."""

    rule: DecisionRule
    quorum: tuple[Asked, ...]
    approve: tuple[Asked, ...]
    articles: tuple[tuple[Statute, str], ...]
    holds: bool


def told(pack: Pack, on: date) -> list[Told]:
    """Return the rules of a pack, those in force first, then as the pack lists them."""
    known = statutes()
    rules = rules_from({"jurisdiction": pack.jurisdiction, **table} for table in pack.rules)
    found = [
        Told(
            rule,
            tuple(Asked(line) for line in rule.quorum),
            tuple(Asked(line) for line in rule.approve),
            tuple((known[each.statute], each.article) for each in cited(table) if each.statute in known),
            rule.in_force(on) and not rule.audit_only,
        )
        for rule, table in zip(rules, pack.rules, strict=True)
    ]
    return sorted(found, key=lambda each: not each.holds)


async def show(request: Request) -> Response:
    """Show every pack."""
    on = local_day(now(request))
    packs = [(pack, told(pack, on)) for pack in shipped()]
    view = {"packs": packs, "on": on, "silent": SILENT, "sure": SURE, "statutes": statutes().values()}
    return await page(request, "deliberation/ballot/law.html", view)


routes = [Route("/law", show, name="law")]
