"""Reading cases. Every query starts from a person, so nothing leaks by default."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from community.calendar.rules import local_day
from community.errors import Hidden
from community.orgs.models import Org
from community.orgs.rules import OrgKind
from community.people.models import Person
from community.people.roles import orgs_where, places_where, roles_in_org, roles_in_place
from community.places.models import Place
from community.privacy.rules import mask_name, minor_label
from community.record.reading import rows
from community.rights import Right, Role
from mediation.assignment.models import JointOrg
from mediation.case.access import PARTIES, PHASES, Grade, Phase, Seat, Thing, letter, may_read
from mediation.case.capacity import OF_AGE, age_on
from mediation.case.keys import Named, opened
from mediation.case.models import Assignment, Case, Party, Period, Proceeding, Track
from mediation.case.standing import stands, stood
from mediation.case.states import ENDS, State
from mediation.confirmation.models import CourtConfirmation
from mediation.referral.models import Handover
from mediation.referral.rules import Passing

HIDDEN: Final = "没有找到这件事。请核对查询码，或者换一个账号登录。"
OF_COURT: Final = (Track.COURT_PRE, Track.COURT_POST)
_IN_ORG: Final = {
    Role.INTAKE: Seat.INTAKE,
    Role.DIRECTOR: Seat.DIRECTOR,
    Role.PEOPLE_MEDIATOR: Seat.COLLEAGUE,
    Role.ADMIN_MEDIATOR: Seat.COLLEAGUE,
    Role.COURT_MEDIATOR: Seat.COLLEAGUE,
    Role.ARCHIVIST: Seat.ARCHIVIST,
}
_IN_PLACE: Final = {
    Role.MODERATOR: Seat.PARTY_OFFICE,
    Role.STREET: Seat.PARTY_OFFICE,
    Role.JUSTICE_OFFICE: Seat.JUSTICE,
    Role.DISPATCHER: Seat.CENTRE,
    Role.AUDITOR: Seat.AUDITOR,
    Role.PRIVACY_OFFICER: Seat.PRIVACY,
    Role.ADMIN: Seat.ADMIN,
}


async def seats_of(person: Person, case: Case, *, at: datetime) -> frozenset[Seat]:
    """Return every capacity in which ``person`` stands before ``case`` at ``at``; in their own they hold no office."""
    seats = {each.seat for each in await stands(person, case.id, at=at)}
    if seats & PARTIES:
        return frozenset(seats & PARTIES)
    if case.helped and case.filed_by_id == person.id:
        seats.add(Seat.HELPER)
    for each in await Assignment.filter(case_id=case.id, mediator_id=person.id):
        gone = each.until and each.ended_because != "closed"  # who saw the case to its end may read it afterwards
        seats.add(Seat.FORMER if gone else Seat.MEDIATOR)
    held = await roles_in_org(person, case.org_id, at=at)
    seats |= {_IN_ORG[role] for role in held if role in _IN_ORG}
    around = await roles_in_place(person, case.community_id, at=at)
    seats |= {_IN_PLACE[role] for role in around if role in _IN_PLACE}
    joined = JointOrg.filter(case_id=case.id, mediator_id=person.id, left_at=None).exclude(joined_at=None)
    if not seats and await joined.exists():
        seats.add(Seat.CO)
    return frozenset(seats) | await _from_outside(person, case, at, office=bool(seats))


async def _from_outside(person: Person, case: Case, at: datetime, *, office: bool) -> set[Seat]:
    """Return the seats of whoever another body sends: its head while a handover waits, a court's liaison."""
    seats = set()
    if case.state is State.HANDOVER and await _receives(person, case, at):
        seats.add(Seat.RECEIVER)
    if case.track in OF_COURT and await _commissions(person, case, at):
        seats.add(Seat.COURT)
    if not (office or seats) and PHASES[case.state] >= Phase.EFFECT and await _confirms(person, case, at):
        seats.add(Seat.COURT_CONFIRMING)
    return seats


async def _confirms(person: Person, case: Case, at: datetime) -> bool:
    heads = await orgs_where(person, Right.CASE_DIRECT, at=at)
    there = CourtConfirmation.filter(case_id=case.id, court_id__in=heads).exclude(filed_at=None)
    return bool(heads) and await there.exists()


async def _receives(person: Person, case: Case, at: datetime) -> bool:
    heads = await orgs_where(person, Right.CASE_DIRECT, at=at)
    waits = Handover.filter(case_id=case.id, state=Passing.SENT, to_org_id__in=heads)
    return bool(heads) and await waits.exists()


async def _commissions(person: Person, case: Case, at: datetime) -> bool:
    heads = await orgs_where(person, Right.CASE_DIRECT, at=at)
    given = Handover.filter(case_id=case.id, state=Passing.ACCEPTED, from_org_id__in=heads)
    return bool(heads) and await given.filter(from_org__kind=OrgKind.COURT).exists()


async def seats_in_orgs(person: Person, org_ids: Iterable[int], *, at: datetime) -> dict[int, frozenset[Seat]]:
    """Return the seats that ``person``'s offices give in each organisation; for lists."""
    held = {org_id: await roles_in_org(person, org_id, at=at) for org_id in org_ids}
    return {org_id: frozenset(_IN_ORG[role] for role in roles if role in _IN_ORG) for org_id, roles in held.items()}


async def visible_case(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat]]:
    """Return a case with the person's seats, or raise `Hidden` whether it is absent or merely not theirs.

    For a case that is not there the same questions are asked, so that the time an answer takes tells nothing.
    """
    case = await Case.get_or_none(code=code.upper()).select_related("org")
    seats = await seats_of(person, case or Case(id=0, community_id=0, org_id=0, track=Track.PEOPLE), at=at)
    if case is None or letter(seats, Thing.INDEX, case.state) is Grade.NOTHING:
        raise Hidden(HIDDEN)
    return case, seats


async def readable(person: Person, code: str, thing: Thing, *, at: datetime) -> tuple[Case, frozenset[Seat]]:
    """Return a case of which ``person`` may read ``thing`` now; to anybody else it is not there."""
    case, seats = await visible_case(person, code, at=at)
    if not may_read(seats, thing, case.state):
        raise Hidden(HIDDEN)
    return case, seats


def mine(person: Person) -> QuerySet[Case]:
    """Return the cases in which ``person`` is a party or stands beside one, or which they filed for somebody."""
    own = Party.filter(person_id=person.id, left_at=None).values("case_id")
    helped = Q(filed_by_id=person.id, helped=True)
    return Case.filter(Q(id__in=Subquery(own)) | stood(person) | helped).order_by("-id").select_related("org")


async def on_desk(person: Person, *, at: datetime) -> QuerySet[Case]:
    """Return the open cases that ``person`` works on: led by them, or of the organisation they run."""
    return (await _near(person, at)).order_by("-moved_at").select_related("org")


async def _near(person: Person, at: datetime) -> QuerySet[Case]:
    led = Assignment.filter(mediator_id=person.id, until=None).values("case_id")
    run = [*await orgs_where(person, Right.CASE_INTAKE, at=at), *await orgs_where(person, Right.CASE_DIRECT, at=at)]
    filed = await orgs_where(person, Right.CASE_ARCHIVE, at=at)
    open_ = Case.exclude(state__in=[*ENDS, State.DRAFT])
    shelves = Q(org_id__in=filed, state__in=[State.CLOSED, State.DECLINED, State.REDIRECTED])
    return open_.filter(Q(id__in=Subquery(led)) | Q(org_id__in=run) | shelves)


async def indexed(person: Person, *, at: datetime) -> QuerySet[Case]:
    """Return the cases of which ``person`` may know that they exist and no more: dispatcher, 司法所, party office."""
    inside: list[int] = []
    for place_id in await places_where(person, Right.CASE_INDEX, at=at):
        place = await Place.get(id=place_id)
        inside += [each.id for each in await Place.filter(path__startswith=place.path).only("id")]
    return Case.filter(community_id__in=inside).exclude(state=State.DRAFT).order_by("-id").select_related("org")


async def parties_of(case: Case) -> list[Party]:
    """Return the parties of a case, applicants first."""
    return await Party.filter(case_id=case.id, left_at=None).order_by("side", "ordinal")


class Filed(Protocol):
    """A case, or as much of one as tells who may be named in it."""

    @property
    def state(self) -> State:
        """Return where it stands."""

    @property
    def filed_at(self) -> datetime:
        """Return when it was filed."""


def name_for(seats: Iterable[Seat], case: Filed, party: Named, *, key: AESGCM | None = None) -> str:
    """Return what somebody in ``seats`` may read of a party's name: whole, masked, or the sign only.

    ``key`` is the one of the case, for a list that has it at hand.
    """
    whole, best = _reading(frozenset(seats), case.state)
    if best in "MS" and _minor(case, party, key):
        return minor_label(party.ordinal)
    if whole:
        return opened(party, "name", key=key)
    return mask_name(opened(party, "name", key=key)) if best in "MS" else party.sign


@lru_cache(maxsize=1024)  # a list asks the same of each of its rows
def _reading(seats: frozenset[Seat], state: State) -> tuple[bool, Grade]:
    """Return whether names are read whole in these seats, and their grade."""
    best = letter(seats, Thing.NAMES, state)
    return may_read(seats, Thing.IDENTITY, state) or best is Grade.WHOLE, best


def _minor(case: Filed, party: Named, key: AESGCM | None) -> bool:
    """Return whether a party was under age at the filing; growing up lifts no mask (未成年人保护法 103)."""
    born = opened(party, "born", key=key)
    return bool(born) and age_on(date.fromisoformat(born), local_day(case.filed_at)) < OF_AGE


async def lead_of(case: Case) -> Assignment | None:
    """Return the open lead assignment of a case, with its mediator."""
    return await Assignment.get_or_none(case_id=case.id, until=None).select_related("mediator")


async def number_for(seats: Iterable[Seat], case: Case) -> str:
    """Return the number of the last proceeding for whoever reads the index whole; empty before acceptance."""
    if letter(seats, Thing.INDEX, case.state) is not Grade.WHOLE:
        return ""
    last = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    return (last.number or "") if last else ""


async def head_of(case: Case) -> tuple[str, bool]:
    """Return the number of the last proceeding, empty before acceptance, and whether a party had use restricted.

    The number is for whoever reads the index whole. Source: 个人信息保护法 44.
    """
    found = await rows(_HEAD, case.id)
    return str(found[0][0] or ""), bool(found[0][1])


_HEAD: Final = """SELECT (SELECT number FROM proceeding WHERE case_id = $1 ORDER BY seq DESC LIMIT 1),
EXISTS (SELECT 1 FROM subject_request s JOIN party p ON p.person_id = s.person_id WHERE p.case_id = $1
AND p.left_at IS NULL AND s.kind = 'restrict' AND s.state = 'answered' AND s.outcome <> 'refused')"""


async def running(case: Case) -> list[Period]:
    """Return the periods that run on a case, the nearest first."""
    return await Period.filter(case_id=case.id, ended_at=None).order_by("due")


async def org_for(community_id: int) -> Org:
    """Return the people's mediation committee of a community, or raise `Hidden` when it has none."""
    org = await Org.filter(community_id=community_id, kind="mediation-committee").order_by("id").first()
    if org is None:
        raise Hidden("本社区还没有设立人民调解委员会，请到街道司法所咨询。")
    return org
