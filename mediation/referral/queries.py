"""Reading handovers. Every query starts from a person; whoever has nothing to do with one does not learn of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.errors import Hidden
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import orgs_where, places_where, roles_in_org, roles_in_place
from community.places.models import Place
from community.rights import Right, may
from mediation.case.models import Case, Consent, Party, Period
from mediation.case.queries import parties_of
from mediation.case.standing import stood_for
from mediation.case.states import ENDS, Clock, State
from mediation.referral.models import Handover
from mediation.referral.rules import OPEN, Passing, receiving_kinds

HIDDEN: Final = "没有找到这件移交。请从工作台进入，或者换一个账号登录。"
MOST: Final = 100


class View(StrEnum):
    """In which capacity somebody looks at a handover."""

    RECEIVER = "receiver"
    SENDER = "sender"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party said to a handover; ``given`` is None while they have not."""

    party: Party
    given: bool | None


@dataclass(frozen=True, slots=True)
class Held:
    """One case on the centre's board: who has it since when, and which handover waits with whom."""

    case: Case
    handover: Handover | None
    due: date | None
    late: bool
    bounced: int

    @property
    def holder(self) -> Org:
        """Return who owes the next move."""
        waiting = self.handover and self.handover.state is Passing.SENT
        org: Org = self.handover.to_org if waiting and self.handover else self.case.org
        return org


async def history(case: Case) -> list[Handover]:
    """Return every handover of a case, the newest first."""
    return await Handover.filter(case_id=case.id).order_by("-id").select_related("from_org", "to_org")


def open_in(passed: Iterable[Handover], case: Case) -> Handover | None:
    """Return the handover that is being asked about or waits for an answer; none once the case went another way."""
    found = next((each for each in passed if each.state in OPEN), None)
    gone = found and found.state is Passing.SENT and case.state is not State.HANDOVER
    return None if gone else found


def bounces_in(passed: Iterable[Handover]) -> int:
    """Return how often a case was sent back since somebody last took it or the centre last decided."""
    rows = list(passed)
    taken = max((each.id for each in rows if each.state is Passing.ACCEPTED), default=0)
    return sum(each.state is Passing.REJECTED and not each.ruled_at and each.id > taken for each in rows)


async def open_of(case: Case) -> Handover | None:
    """Return the open handover of a case, as `open_in` finds it."""
    return open_in(await history(case), case)


async def bounced(case: Case) -> int:
    """Return the bounces of a case, as `bounces_in` counts them."""
    return bounces_in(await history(case))


async def answers_to(handover: Handover, case: Case) -> list[Answer]:
    """Return what each party said to this very handover; the newest word counts."""
    parties = await parties_of(case)
    said = {each.party_id: each.given for each in await _said(handover, parties)}
    return [Answer(party, said.get(party.id)) for party in parties]


async def _said(handover: Handover, parties: Iterable[Party]) -> list[Consent]:
    rows = Consent.filter(party_id__in=[each.id for each in parties], act="handover")
    return await rows.filter(text_version=handover.consent_version).order_by("id")


async def receivers(case: Case) -> list[Org]:
    """Return the organisations of the register that may take cases over, those around the community first."""
    around = await Org.filter(kind__in=list(receiving_kinds())).exclude(id=case.org_id).order_by("name").limit(MOST)
    community = await Place.get(id=case.community_id)
    return sorted(around, key=lambda org: org.place_id not in community.ancestors)


async def visible_handover(person: Person, code: str, *, at: datetime) -> tuple[Handover, frozenset[View]]:
    """Return a handover with the capacities in which ``person`` sees it, or raise `Hidden`."""
    handover = await Handover.get_or_none(code=code).select_related("case__org", "from_org", "to_org")
    views = await _views(person, handover, at) if handover else set()
    if handover is None or not views:
        raise Hidden(HIDDEN)
    return handover, frozenset(views)


async def _views(person: Person, handover: Handover, at: datetime) -> set[View]:
    views = set()
    asked = handover.state not in (Passing.PROPOSED, Passing.DROPPED) or handover.sent_at
    if asked and may(await roles_in_org(person, handover.to_org_id, at=at), Right.CASE_DIRECT):
        views.add(View.RECEIVER)
    if may(await roles_in_org(person, handover.from_org_id, at=at), Right.CASE_DIRECT):
        views.add(View.SENDER)
    if may(await roles_in_place(person, handover.community_id, at=at), Right.CASE_DISPATCH):
        views.add(View.CENTRE)
    return set() if await stood_for(person, handover.case_id, at=at) else views


def may_open(handover: Handover, views: frozenset[View]) -> bool:
    """Return whether the papers may be read: by the receiver, while it decides and once it has the case."""
    case: Case = handover.case
    waits = handover.state is Passing.SENT and case.state is State.HANDOVER
    has = handover.state is Passing.ACCEPTED and case.org_id == handover.to_org_id
    return View.RECEIVER in views and (waits or has)


async def directed(person: Person, *, at: datetime) -> list[int]:
    """Return the organisations whose handovers ``person`` sends and answers."""
    return await orgs_where(person, Right.CASE_DIRECT, at=at)


async def incoming(person: Person, *, at: datetime) -> list[Handover]:
    """Return what waits for the answer of an organisation that ``person`` directs, the oldest first."""
    here = Handover.filter(to_org_id__in=await directed(person, at=at), state=Passing.SENT)
    return await _listed(here.filter(case__state=State.HANDOVER).order_by("sent_at"))


async def outgoing(person: Person, *, at: datetime) -> list[Handover]:
    """Return what organisations that ``person`` directs handed on, the newest first."""
    gone = Handover.filter(from_org_id__in=await directed(person, at=at)).exclude(state=Passing.DROPPED)
    return await _listed(gone.order_by("-id"))


async def _listed(rows: QuerySet[Handover]) -> list[Handover]:
    return await rows.limit(MOST).select_related("case", "from_org", "to_org")


async def due_of(handovers: Iterable[Handover]) -> dict[int, date]:
    """Return by case until when the receiver was first to answer: a reminder (督办) gives no new day."""
    ids = [each.case_id for each in handovers]
    first: dict[int, date] = {}
    since = {each.case_id: local_day(each.sent_at) for each in handovers if each.sent_at}
    for period in await Period.filter(case_id__in=ids, clock=Clock.HANDOVER).order_by("id"):
        if period.began_on >= since.get(period.case_id, date.max):
            first.setdefault(period.case_id, period.due)
    return first


async def board(person: Person, *, at: datetime) -> list[Held]:
    """Return who has what where ``person`` dispatches: overdue first, then what was sent back twice, then by age."""
    places = [await Place.get(id=each) for each in await places_where(person, Right.CASE_DISPATCH, at=at)]
    inside = {each.id for place in places for each in await Place.filter(path__startswith=place.path).only("id")}
    done = [*ENDS, State.DRAFT, State.CLOSED, State.DECLINED, State.REDIRECTED]
    cases = Case.filter(community_id__in=list(inside)).exclude(state__in=done).order_by("moved_at")
    rows = await _held(await cases.limit(MOST).select_related("org"), local_day(at))
    return sorted(rows, key=lambda row: (not row.late, row.bounced == 0, row.case.moved_at))


async def _held(cases: list[Case], today: date) -> list[Held]:
    ids = [case.id for case in cases]
    rows = await Handover.filter(case_id__in=ids).order_by("id").select_related("from_org", "to_org")
    by_case: dict[int, list[Handover]] = defaultdict(list)
    for each in rows:
        by_case[each.case_id].append(each)
    waiting = {each.case_id: each for each in rows if each.state is Passing.SENT}
    dues = await due_of(waiting.values())
    return [_row(case, waiting.get(case.id), by_case[case.id], dues.get(case.id), today) for case in cases]


def _row(case: Case, waiting: Handover | None, passed: list[Handover], due: date | None, today: date) -> Held:
    here = waiting if case.state is State.HANDOVER else None
    until = due if here else None
    return Held(case, here, until, until is not None and until < today, bounces_in(passed))
