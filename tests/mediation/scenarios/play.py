"""The stage of the scenarios: 清河居, its people, and the common stretches of a case's road, each at a given moment."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from community.orgs.models import NumberSeries, Org, OrgKind
from community.people.models import Holding, Person
from community.places.models import Place
from community.rights import Role
from mediation.agreement import commands as agreement
from mediation.agreement import signing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import out_of
from mediation.agreement.rules import Draft, Line
from mediation.assignment.commands import assign
from mediation.case.models import Case, Invitation, Party, Period, Proceeding, Side
from mediation.case.states import Clock
from mediation.confirmation import applying
from mediation.confirmation.models import CourtConfirmation
from mediation.intake import commands, consent
from mediation.intake.leading import add_respondent
from mediation.intake.rules import Filing, Kind, Named, token_hash
from mediation.parties import seating
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.mediation.agreement.making import HOST, hand
from tests.world import World

BEIJING = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
WINDOW = timedelta(minutes=10)
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """Return a moment in Beijing: ``2026-08-24 09:10``, or noon of ``2026-08-24``."""
    local = datetime.fromisoformat(text if " " in text else f"{text} 12:00")
    return local.replace(tzinfo=BEIJING).astimezone(UTC)


@dataclass
class Play:
    """The committee 清河居 with its officers, and whoever comes to it."""

    world: World
    org: Org

    async def person(self, name: str, role: Role | None = Role.RESIDENT, org: Org | None = None) -> Person:
        """Return somebody new who lives here, or holds ``role`` in ``org``."""
        count = await Person.all().count()
        given: dict[str, Any] = {
            "joined_at": LONG_AGO,
            "confirmed_at": LONG_AGO,
            "community_id": self.world.community.id,
        }
        person = await Person.create(name=name, email=f"p{count}@example.org", **given)
        where: dict[str, Any] = {"org": org} if org else {"place": self.world.community}
        if role:
            await Holding.create(person=person, role=role, since=LONG_AGO, **where)
        return person

    async def file(self, who: Person, whom: str, words: str, when: datetime, **changes: object) -> Case:
        """File a dispute on the web."""
        filing = Filing(
            kind=Kind.NEIGHBOURS,
            statement=words,
            applicant=Named(name=who.name, phone="13800138000", email=who.email),
            respondent=Named(name=whom, phone="13900139000", email="asked@example.org"),
            told=True,
        )
        filing = replace(filing, **changes)  # type: ignore[arg-type]
        return await commands.file(filing, by=who, community_id=self.world.community.id, at=when)

    async def add(
        self, case: Case, name: str, when: datetime, *, needed: bool = True, side: Side = Side.RESPONDENT
    ) -> Party:
        """Name one more party, mostly a respondent."""
        named = Named(name=name, phone="13700137000", email="more@example.org")
        return await add_respondent(case.code, named, needed=needed, side=side, by=self.world.intake, at=when)

    async def invite(self, case: Case, when: datetime) -> None:
        """Look at a filing and send the invitations."""
        await commands.invite(case.code, scope_ok=True, screened=True, by=self.world.intake, at=when)

    async def link(self, case: Case, ordinal: int = 1, side: Side = Side.RESPONDENT) -> str:
        """Return the link a party got: the stored hash is swapped for a known one."""
        party = await Party.get(case_id=case.id, side=side, ordinal=ordinal)
        token = f"known-{case.id}-{side}-{ordinal}"
        await Invitation.filter(party_id=party.id, ended_at=None).update(token_hash=token_hash(token))
        return token

    async def agree(
        self, case: Case, who: Person, when: datetime, ordinal: int = 1, side: Side = Side.RESPONDENT
    ) -> None:
        """Say yes by the link."""
        await consent.agree(await self.link(case, ordinal, side), name=who.name, by=who, at=when)

    async def accept(self, case: Case, when: datetime) -> Case:
        """Accept and number."""
        return await commands.accept(case.code, by=self.world.intake, at=when)

    async def lead(self, case: Case, when: datetime, mediator: Person | None = None) -> Case:
        """Give the case its mediator."""
        code = (mediator or self.world.mediator).code
        return await assign(case.code, code, clear=True, willing=True, by=self.world.director, at=when)

    async def accepted(self, who: Person, whom: Person, words: str, when: datetime, **changes: object) -> Case:
        """Bring a dispute to acceptance within one moment."""
        case = await self.file(who, whom.name, words, when, **changes)
        await self.invite(case, when)
        await self.agree(case, whom, when)
        return await self.accept(case, when)

    async def talking(self, who: Person, whom: Person, words: str, when: datetime, **changes: object) -> Case:
        """Bring a dispute to where it is talked over within one moment."""
        return await self.lead(await self.accepted(who, whom, words, when, **changes), when)

    async def seat(self, case: Case, row_code: str, who: Person, when: datetime, by: Person | None = None) -> None:
        """Hand the link of a seat over, and let its person take it."""
        token = await seating.offer(case.code, row_code, by=by or self.world.mediator, at=when)
        await seating.take(token, by=who, at=when)

    async def write(self, case: Case, draft: Draft, when: datetime) -> None:
        """Write the agreement down."""
        await agreement.begin(case.code, accepted=True, by=self.world.mediator, at=when)
        await agreement.save(case.code, draft, by=self.world.mediator, at=when)

    async def rewrite(self, case: Case, draft: Draft, when: datetime) -> None:
        """Keep another draft."""
        await agreement.save(case.code, draft, by=self.world.mediator, at=when)

    async def send_out(
        self, case: Case, when: datetime, *, on_paper: bool = False, by_hand: Collection[str] = ()
    ) -> AgreementVersion:
        """Freeze the words and send them round."""
        given = {"legality": LEGALITY, "on_paper": on_paper, "by_hand": by_hand, "by": self.world.mediator, "at": when}
        return await agreement.finalize(case.code, **given)  # type: ignore[arg-type]

    async def sign(self, case: Case, when: datetime, *people: Person) -> None:
        """Have people sign what goes round."""
        shown = (await out_of(case)).sha256
        for person in people:
            await signing.sign(case.code, await hand(case, person, when, shown=shown), host=HOST, by=person, at=when)

    async def seal(self, case: Case, when: datetime) -> Case:
        """Set the seal, the signatures having stood for their ten minutes."""
        keeper, shown = self.world.director, (await out_of(case)).sha256 or ""
        given = await hand(case, keeper, when, shown=shown)
        facts = {"shown": shown, "method": given.method, "typed": given.typed}
        await signing.seal(case.code, **facts, host=HOST, by=keeper, at=when)  # type: ignore[arg-type]
        return await Case.get(id=case.id)

    async def bind(self, case: Case, draft: Draft, when: datetime, *parties: Person) -> Case:
        """Write, send, sign and seal: in effect ten minutes after ``when``."""
        await self.write(case, draft, when)
        await self.send_out(case, when)
        await self.sign(case, when, *parties, self.world.mediator)
        return await self.seal(case, when + WINDOW)

    async def court(self, name: str = "云州区人民法院", place: Place | None = None) -> tuple[Org, Person]:
        """Found a court of the place, or of the street, with its liaison."""
        where = place or self.world.street
        court = await Org.create(kind=OrgKind.COURT, name=name, short_name=name, place=where)
        return court, await self.person("联络人", Role.DIRECTOR, court)

    async def to_court(self, case: Case, court: Org, when: datetime, *people: Person) -> CourtConfirmation:
        """Have everybody apply for confirmation, and send it."""
        await applying.prepare(case.code, court.code, by=people[0], at=when)
        for person in people:
            await applying.apply(case.code, sworn=True, by=person, at=when)
        return await applying.file(case.code, by=people[0], at=when)


def pay(who: str, whom: str, fen: int, until: str, what: str = "", *, times: int = 1) -> Line:
    """Return one payment, or so many monthly ones."""
    return Line(who=who, whom=whom, amount=fen, until=at(until).date(), what=what, times=times)


def draft(
    *lines: Line, facts: str = "事情经过双方都认。", issue: str = "怎样赔。", blame: str = "各方不再追究。"
) -> Draft:
    """Return an agreement whose total is right."""
    total = Draft(lines=lines).payable or None
    return Draft(facts="事情经过双方都认。", issue="怎样赔。", blame="各方不再追究。", total=total, lines=lines)


async def begin(world: World, *, before: int = 0) -> Play:
    """Set the stage; ``before`` people's cases were numbered this year."""
    org = world.mediation_committee
    await Holding.all().update(since=LONG_AGO)
    await Org.filter(id=org.id).update(name="清河居人民调解委员会", short_name="清河居")
    await org.refresh_from_db()
    if before:
        await NumberSeries.create(org=org, kind="人调", year=2026, last_number=before)
    return Play(world, org)


async def due(case: Case, clock: Clock) -> Period:
    """Return the running period of a clock."""
    return await Period.get(case_id=case.id, clock=clock, ended_at=None)


async def number_of(case: Case) -> str:
    """Return the number a case was accepted under."""
    run = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    return (run.number or "") if run else ""


async def room(case: Case, kind: RoomKind, sign: str = "") -> Room:
    """Return a room of a case; a one-sided one by its party's sign."""
    rooms = await Room.filter(case_id=case.id, kind=kind).select_related("party", "case").order_by("id")
    return next(each for each in rooms if not sign or (each.party and each.party.sign == sign))
