"""Reading applications for confirmation. Every query starts from a person or from a case they may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tortoise.queryset import QuerySet

from community.calendar.queries import calendar_at
from community.calendar.rules import Calendar
from community.errors import Hidden
from community.orgs.models import Org
from community.orgs.rules import OrgKind
from community.people.models import Person
from community.people.roles import orgs_where, roles_in_org
from community.places.models import Place
from community.rights import Right, may
from mediation.agreement.models import AgreementVersion, Obligation
from mediation.agreement.queries import latest, paper_of
from mediation.agreement.rules import OWED, ClauseKind
from mediation.assignment.models import JointOrg
from mediation.case.deadlines import due_of, rule
from mediation.case.keys import lock_in, opened_in
from mediation.case.models import Case, Consent, Party, Track
from mediation.case.queries import parties_of
from mediation.confirmation.grounds import Bar, Look, Nexus, bars
from mediation.confirmation.models import ConfirmationPaper, CourtConfirmation
from mediation.confirmation.rules import GATHERING, OPEN, Who
from mediation.referral.models import Handover
from mediation.referral.rules import Passing

ACT: Final = "confirmation"
"""Under which a party's application stands among the consents."""
HIDDEN: Final = "没有找到这件司法确认。请从工作台进入，或者换一个账号登录。"
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Applied:
    """One party, and how they applied; ``method`` is empty while they have not."""

    party: Party
    method: str


@dataclass(frozen=True, slots=True)
class Enforce:
    """One promise that can be enforced: what, how much of it is owed in fen, and the last day to ask the court."""

    duty: Obligation
    rest: int
    until: date


async def history(case: Case) -> list[CourtConfirmation]:
    """Return every application about a case, the newest first, each with its court."""
    return await CourtConfirmation.filter(case_id=case.id).order_by("-id").select_related("court")


def open_in(rows: Iterable[CourtConfirmation]) -> CourtConfirmation | None:
    """Return the application that is not over."""
    return next((each for each in rows if each.stage in OPEN), None)


async def open_of(case: Case) -> CourtConfirmation | None:
    """Return the application about a case that is not over."""
    return open_in(await history(case))


async def in_force(case: Case) -> AgreementVersion | None:
    """Return the wording that binds, or none."""
    version = await latest(case)
    return version if version and version.agreement.effective_at and version.frozen_at else None


def kinds_of(version: AgreementVersion | None) -> frozenset[ClauseKind]:
    """Return the kinds of the clauses of a wording."""
    return frozenset(line.kind for line in paper_of(version).draft.lines) if version else frozenset()


async def bars_of(case: Case, version: AgreementVersion | None) -> tuple[Bar, ...]:
    """Return why a court would not take the agreement of a case; nothing when it is fit."""
    if version is None:
        return bars(Look(binds=False))
    oral = version.agreement.rule == "oral"
    return bars(Look(binds=True, oral=oral, kinds=kinds_of(version), track=case.track))


async def applied(confirmation: CourtConfirmation, case: Case) -> list[Applied]:
    """Return who has applied in this very application; the newest word counts."""
    parties = await parties_of(case)
    rows = Consent.filter(party_id__in=[each.id for each in parties], act=ACT)
    said = {each.party_id: each for each in await rows.filter(text_version=confirmation.consent_version).order_by("id")}
    return [Applied(each, said[each.id].method if each.id in said and said[each.id].given else "") for each in parties]


async def courts_for(case: Case) -> list[tuple[Org, tuple[Nexus, ...]]]:
    """Return the courts of the register with what makes each the right one, those that are first."""
    reach = await _places(case)
    invited = await _inviting(case)
    rows = [(court, _links(court, reach, invited)) for court in await Org.filter(kind=OrgKind.COURT).order_by("id")]
    return sorted(rows, key=lambda row: not row[1])


def _links(court: Org, reach: dict[Nexus, frozenset[int]], invited: frozenset[int]) -> tuple[Nexus, ...]:
    near = tuple(link for link, places in reach.items() if court.place_id in places)
    return ((Nexus.INVITED,) if court.id in invited else ()) + near


async def _places(case: Case) -> dict[Nexus, frozenset[int]]:
    """Return the places whose court is the right one, by why."""
    joint = await JointOrg.filter(case_id=case.id, left_at=None).exclude(joined_at=None)
    bodies = {Nexus.BODY: [case.org_id], Nexus.JOINT: [each.org_id for each in joint]}
    rows = await Org.filter(id__in=[*bodies[Nexus.JOINT], case.org_id]).select_related("place")
    seats = {org.id: org.place for org in rows}
    return {why: frozenset(one for org in ids for one in _around(seats[org])) for why, ids in bodies.items()}


def _around(place: Place) -> list[int]:
    """Return a place and everything it lies in."""
    return [place.id, *place.ancestors]


async def _inviting(case: Case) -> frozenset[int]:
    if case.track is not Track.COURT_PRE:
        return frozenset()
    given = Handover.filter(case_id=case.id, state=Passing.ACCEPTED, from_org__kind=OrgKind.COURT)
    return frozenset([each.from_org_id for each in await given])


async def papers_of(confirmation: CourtConfirmation) -> list[ConfirmationPaper]:
    """Return the papers that went to the court, in order."""
    return await ConfirmationPaper.filter(confirmation_id=confirmation.id).order_by("n")


def words_of(confirmation: CourtConfirmation) -> str:
    """Return what the court wrote last, in the clear."""
    text = confirmation.words
    return opened_in(confirmation, text, about=f"confirmation|{confirmation.code}|words")


def locked(confirmation: CourtConfirmation, text: str) -> str:
    """Return what the court wrote as it is stored."""
    return lock_in(confirmation, text, about=f"confirmation|{confirmation.code}|words")


async def enforceable(case: Case, since: date) -> list[Enforce]:
    """Return what is owed under a confirmed agreement with the last day to ask for enforcement (民事诉讼法 250).

    Two years from the last day of each promise; from the ruling (``since``) where it names no day.
    """
    calendar, which = await calendar_at(), rule("D25")
    rows = (
        await Obligation.filter(case_id=case.id, state__in=OWED)
        .order_by("id")
        .select_related("clause", "clause__obligor")
    )
    return [_enforce(each, due_of(which, each.due_on or since, calendar).due) for each in rows]


def _enforce(duty: Obligation, until: date) -> Enforce:
    return Enforce(duty, (duty.clause.amount_fen or 0) - duty.paid_fen, until)


def expected(confirmation: CourtConfirmation, calendar: Calendar, filed_on: date | None) -> dict[str, date]:
    """Return by when the court is to say whether it accepts, and to decide; none of it binds us (若干规定 4, 5)."""
    found = {"accept": due_of(rule("D18", "accept"), filed_on, calendar).due} if filed_on else {}
    if confirmation.admitted_on:
        found["decide"] = due_of(rule("D18", "decide"), confirmation.admitted_on, calendar).due
    return found


async def visible(person: Person, code: str, *, at: datetime) -> tuple[CourtConfirmation, frozenset[Who]]:
    """Return an application with the offices in which ``person`` answers it, or raise `Hidden`.

    The court's liaison sees it from the filing on. Whoever is a party holds no office here.
    """
    found = await CourtConfirmation.get_or_none(code=code).select_related("case__org", "court", "version__agreement")
    offices = await _offices(person, found, at) if found else frozenset()
    if found is None or not offices:
        raise Hidden(HIDDEN)
    return found, offices


async def _offices(person: Person, found: CourtConfirmation, at: datetime) -> frozenset[Who]:
    held = set()
    if found.stage not in GATHERING and found.filed_at:
        held |= {Who.COURT} if may(await roles_in_org(person, found.court_id, at=at), Right.CASE_DIRECT) else set()
    case: Case = found.case
    held |= {Who.DIRECTOR} if may(await roles_in_org(person, case.org_id, at=at), Right.CASE_DIRECT) else set()
    own = held and await Party.filter(case_id=found.case_id, person_id=person.id, left_at=None).exists()
    return frozenset() if own else frozenset(held)


async def before_court(person: Person, *, at: datetime) -> QuerySet[CourtConfirmation]:
    """Return what came to a court whose liaison ``person`` is, those that wait first; never their own case."""
    courts = await Org.filter(kind=OrgKind.COURT, id__in=await orgs_where(person, Right.CASE_DIRECT, at=at))
    own = Party.filter(person_id=person.id, left_at=None).values_list("case_id", flat=True)
    there = CourtConfirmation.filter(court_id__in=[each.id for each in courts]).exclude(filed_at=None)
    rows = there.exclude(case_id__in=list(await own))
    rows = rows.order_by("ended_at", "-filed_at").limit(MOST)
    return rows.select_related("case__org", "court", "version__agreement")


async def refusals(cases: Iterable[int]) -> dict[str, int]:
    """Return how often courts said no about these cases, by ground (驳回原因)."""
    counts: dict[str, int] = {}
    for each in await CourtConfirmation.filter(case_id__in=list(cases)).exclude(refusal=None):
        counts[str(each.refusal)] = counts.get(str(each.refusal), 0) + 1
    return counts
