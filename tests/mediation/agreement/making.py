"""Cases on their way to an agreement: 阿兰 and 阿强 before 吴老师, the director keeps the seal."""

from datetime import date, datetime, timedelta

from community.notice.models import Mail
from community.people.models import Person
from community.people.rules import Method
from mediation.agreement import commands, signing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import AgreementVersion, SealUse, Signature
from mediation.agreement.queries import frozen_of, out_of
from mediation.agreement.rules import ClauseKind, Draft, Line
from mediation.agreement.signing import Hand
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Assignment, Case
from mediation.case.moving import move
from tests.mediation.filing import accepted
from tests.world import NOON, World

DAY = NOON + timedelta(days=5)  # 2026-05-09 12:00 in Beijing
LATER = DAY + timedelta(minutes=10)
HOST = "192.0.2.1"


def draft(*lines: Line, **changes: object) -> Draft:
    """Return an agreement that may go out: 阿强 mends the pipe and pays 3,200 yuan in two parts."""
    given: dict[str, object] = {
        "facts": "402 室水管漏水，302 室卫生间吊顶损坏。",
        "issue": "谁修水管，赔多少钱。",
        "blame": "402 室水管老化，由阿强负责。",
        "total": 320000,
        "lines": lines
        or (
            Line(kind=ClauseKind.DO, who="R1", whom="A1", what="更换漏水的水管", until=date(2026, 5, 20)),
            Line(who="R1", whom="A1", amount=200000, until=date(2026, 5, 31)),
            Line(who="R1", whom="A1", amount=120000, until=date(2026, 6, 30), what="余款"),
        ),
    }
    return Draft(**{**given, **changes})  # type: ignore[arg-type]


async def mediating(world: World) -> Case:
    """Bring the leak before 吴老师."""
    case = await accepted(world)
    await _assign(case, world)
    return case


async def _assign(case: Case, world: World) -> None:
    from community.record.transaction import command  # noqa: PLC0415

    @command
    async def assign() -> None:
        await move(case, Event.ASSIGN, seats=[Seat.DIRECTOR], by=world.director, at=NOON + timedelta(days=3))
        await Assignment.create(case=case, mediator=world.mediator, mode="designated", since=NOON + timedelta(days=3))

    await assign()


async def drafting(world: World, *lines: Line, **changes: object) -> Case:
    """Write the agreement down."""
    case = await mediating(world)
    await commands.begin(case.code, accepted=True, by=world.mediator, at=DAY)
    await commands.save(case.code, draft(*lines, **changes), by=world.mediator, at=DAY)
    return case


async def finalized(world: World, *lines: Line, **changes: object) -> tuple[Case, AgreementVersion]:
    """Send the agreement out to be signed."""
    case = await drafting(world, *lines, **changes)
    version = await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
    await case.refresh_from_db()
    return case, version


async def code_for(case: Case, person: Person, at: datetime) -> str:
    """Ask for a code and read it in the mail."""
    await signing.ask_code(case.code, host=HOST, by=person, at=at)
    mail = await Mail.filter(person_id=person.id, template="community/people/mail_code").order_by("-id").first()
    assert mail is not None
    return str(mail.values["code"])


async def hand(case: Case, person: Person, at: datetime = DAY, **changes: object) -> Hand:
    """Return what somebody gives who signs rightly, with ``changes``."""
    version = await frozen_of(case)
    given: dict[str, object] = {
        "shown": version.sha256,
        "name": person.name,
        "agreed": True,
        "method": Method.MAIL,
        "typed": await code_for(case, person, at),
    }
    return Hand(**{**given, **changes})  # type: ignore[arg-type]


async def sign(case: Case, person: Person, at: datetime = DAY, **changes: object) -> Signature:
    """Let somebody sign."""
    return await signing.sign(case.code, await hand(case, person, at, **changes), host=HOST, by=person, at=at)


async def signed(world: World, at: datetime = DAY) -> Case:
    """Have everybody sign."""
    case, _ = await finalized(world)
    for person in (world.lan, world.qiang, world.mediator):
        await sign(case, person, at)
    return case


async def seal(case: Case, person: Person, at: datetime) -> SealUse:
    """Set the seal."""
    version = await frozen_of(case)
    typed = await code_for(case, person, at)
    shown = version.sha256 or ""
    return await signing.seal(case.code, shown=shown, method=Method.MAIL, typed=typed, host=HOST, by=person, at=at)


async def seal_out(case: Case, person: Person, at: datetime) -> SealUse:
    """Set the seal to what goes round."""
    shown = (await out_of(case)).sha256 or ""
    typed = await code_for(case, person, at)
    return await signing.seal(case.code, shown=shown, method=Method.MAIL, typed=typed, host=HOST, by=person, at=at)


async def performing(world: World) -> Case:
    """Bring the agreement into effect."""
    case = await signed(world)
    await seal(case, world.director, LATER)
    await case.refresh_from_db()
    return case
