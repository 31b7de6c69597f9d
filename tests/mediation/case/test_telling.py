"""Who hears of each of the forty-six events: one table, and nobody besides."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Final

from community.notice.models import Notice
from community.record.outbox import deliver, record
from community.record.transaction import command
from community.rights import Role
from mediation.agreement.models import Obligation
from mediation.case.events import Event
from mediation.case.models import Case, Track
from mediation.referral.models import Handover
from mediation.referral.rules import Basis, Passing
from tests.mediation.referral.making import court_of, dispatcher_of
from tests.mediation.scenarios.play import at, begin, draft, pay
from tests.world import World
from web.telling import TELLERS, tell

BOTH, APPLICANT, LEAD, HEAD = frozenset("AR"), frozenset("A"), frozenset("m"), frozenset("d")
CLERK, COURT, CENTRE, SHELF = frozenset("id"), frozenset("c"), frozenset("z"), frozenset("k")
"""Applicant and respondent; mediator; director; clerk, and the director with them; court; the centre; archivist."""

HEARS: Final[dict[Event, frozenset[str]]] = {
    Event.SUBMIT: APPLICANT | CLERK,
    Event.DISCOVER: CLERK,
    Event.NEED_SUPPLEMENT: APPLICANT,
    Event.SUPPLEMENT: CLERK,
    Event.SUPPLEMENT_LAPSE: APPLICANT,
    Event.MERGE: APPLICANT,
    Event.DECLINE: APPLICANT,
    Event.REDIRECT: APPLICANT,
    Event.PROCEED_SEVERED: BOTH,
    Event.ACCEPT: BOTH | HEAD,
    Event.ACCEPT_COMMISSION: BOTH | HEAD | COURT,
    Event.REFUSE: APPLICANT,
    Event.UNREACHABLE: APPLICANT,
    Event.WITHDRAW_EARLY: frozenset("R"),
    Event.ASSIGN: BOTH | LEAD,
    Event.RECUSE: BOTH | LEAD | HEAD,
    Event.JOIN_ORG: BOTH | LEAD,
    Event.EXTEND: BOTH | LEAD | COURT,
    Event.SUSPEND: BOTH | HEAD,
    Event.RESUME: BOTH,
    Event.AGREE_IN_PRINCIPLE: BOTH,
    Event.REOPEN_TALK: BOTH | LEAD,
    Event.FINALIZE: BOTH | LEAD,
    Event.EFFECT: BOTH | LEAD | COURT,
    Event.ORAL_AGREE: BOTH,
    Event.SIGN_REFUSED: BOTH | LEAD | COURT,
    Event.TERMINATE: BOTH | LEAD | COURT,
    Event.EXPIRE: BOTH | LEAD | HEAD | CENTRE | COURT,
    Event.HANDOVER: BOTH | HEAD,
    Event.HANDOVER_ACCEPT: BOTH | HEAD | COURT,
    Event.HANDOVER_REJECT: BOTH | COURT,
    Event.HANDOVER_OVERDUE: HEAD | CENTRE,
    Event.OVERDUE: BOTH | LEAD,
    Event.CURE: BOTH,
    Event.PERFORMED: BOTH | LEAD,
    Event.ROUTE_OUT: BOTH,
    Event.AMEND: BOTH | LEAD,
    Event.REMEDIATE: BOTH,
    Event.FOLLOWUP_DONE: BOTH | SHELF | COURT,
    Event.RELAPSE: BOTH,
    Event.CLOSE: BOTH | SHELF | COURT,
    Event.REOPEN: BOTH,
}
"""As the road's table has it; the court in a case that it sent."""
QUIET: Final = {Event.INVITE, Event.SESSION, Event.SIGN, Event.ARCHIVE}
"""An invitation is the letter itself, a session is fixed by appointment, the others are done among those there."""
BESIDE: Final[dict[str, tuple[dict[str, Any], frozenset[str]]]] = {
    "case.reminded": ({"clock": "T_MEDIATE", "stage": 1}, LEAD),
    "case.reminded ": ({"clock": "T_MEDIATE", "stage": 4}, LEAD | HEAD),
    "case.late": ({"clock": "T_MEDIATE", "rule": "D06/month"}, LEAD | HEAD | CENTRE),
    "case.urged": ({}, frozenset("R")),
    "agreement.due-soon": ({"days": 3}, frozenset("R")),
}
"""Days that come near or pass."""


def test_every_event_is_told_or_quiet_for_a_reason() -> None:
    assert HEARS.keys() | QUIET == set(Event)
    assert {f"case.{event}" for event in HEARS} <= TELLERS.keys()
    assert not {f"case.{event}" for event in QUIET} & TELLERS.keys()


async def test_each_hears_what_is_theirs_and_nobody_else(world: World) -> None:
    play = await begin(world)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "欠款。", at("2026-05-01"))
    await play.bind(case, draft(pay("R1", "A1", 500000, "2026-05-05")), at("2026-05-01"), mei, qiang)
    court, judge = await court_of(world)
    keeper = await play.person("老钱", Role.ARCHIVIST, play.org)
    hands = {"A": mei, "R": qiang, "m": world.mediator, "d": world.director, "i": world.intake}
    hands |= {"c": judge, "z": await dispatcher_of(world), "k": keeper}
    names = {person.id: sign for sign, person in hands.items()}
    sent = await Handover.create(
        community_id=case.community_id,
        case=case,
        from_org=court,
        to_org=play.org,
        from_track=Track.COURT_PRE,
        to_track=Track.COURT_PRE,
        basis=Basis.STATUTORY,
        reason="",
        state=Passing.ACCEPTED,
        proposed_by=judge,
        proposed_at=at("2026-05-01"),
    )
    await Case.filter(id=case.id).update(track=Track.COURT_PRE)
    owed = [(await Obligation.get(case_id=case.id)).id]
    facts = {"mediator": world.mediator.id, "reported": True, "was": "signing", "handover": sent.id, "org": court.id}
    rows = [(f"case.{event}", facts, who) for event, who in HEARS.items()]
    rows += [(kind.strip(), {"obligations": owed, **given}, who) for kind, (given, who) in BESIDE.items()]
    for n, (kind, given, _) in enumerate(rows):
        await _put(kind, case, given, at("2026-06-01") + timedelta(minutes=n))
    await deliver(tell, consumer="notice", at=at("2026-06-02"))
    heard: dict[datetime, set[str]] = defaultdict(set)
    for each in await Notice.filter(at__gte=at("2026-06-01")):
        heard[each.at].add(names.get(each.person_id, "?"))
    told = [(kind, heard[at("2026-06-01") + timedelta(minutes=n)]) for n, (kind, _, _) in enumerate(rows)]
    assert [(kind, sorted(who)) for kind, who in told] == [(kind, sorted(who)) for kind, _, who in rows]


@command
async def _put(kind: str, case: Case, given: dict[str, Any], when: datetime) -> None:
    await record(kind, case.key, by=None, at=when, community_id=case.community_id, **given)
