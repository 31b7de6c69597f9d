"""What goes along with a case, and what never does."""

import ast
import hashlib
import inspect
import io
import re
import zipfile

from mediation.agreement import commands as agreement
from mediation.agreement.rules import Draft
from mediation.assignment.joining import invite_org
from mediation.case.models import Case
from mediation.case.states import State
from mediation.case.terms import PauseReason
from mediation.case.waiting import resume, suspend
from mediation.referral import answering, package, sending
from mediation.referral.models import Handover
from mediation.referral.rules import Basis
from mediation.room.commands import send
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.asked import asked
from tests.mediation.filing import STATEMENT
from tests.mediation.referral.making import AT, DUTY, WHY, court_of, plan, sent, talking
from tests.world import World

TABLE = re.compile(r'(?:FROM|JOIN) "?([a-z_]+)"?', re.IGNORECASE)
SECRETS = {
    "alone": "底线一千八百元",
    "own": "他其实想搬走",
    "joint": "联席室里说的话",
    "pause": "等亲戚传话",
    "cleared": "亲戚传过话了",
    "asked": "请隔壁调委会压一压",
    "draft": "草稿里让到两千一百元",
}


async def _told(world: World) -> Case:
    """Bring a case to the talks, and a secret into every place that must stay behind."""
    case = await talking(world)
    for room in await Room.filter(case_id=case.id).order_by("id"):
        words = {RoomKind.CAUCUS: "alone", RoomKind.INTERNAL: "own", RoomKind.JOINT: "joint"}[room.kind]
        await send(room.code, f"secret-{room.id}", SECRETS[words], by=world.mediator, at=AT)
    await suspend(case.code, PauseReason.APPRAISAL, words=SECRETS["pause"], by=world.mediator, at=AT)
    await resume(case.code, solved=SECRETS["cleared"], by=world.mediator, at=AT)
    other, _ = await court_of(world)
    await invite_org(case.code, other.code, why=SECRETS["asked"], by=world.director, at=AT)
    await agreement.begin(case.code, accepted=True, by=world.mediator, at=AT)
    await agreement.save(case.code, Draft(facts=SECRETS["draft"], issue="同上"), by=world.mediator, at=AT)
    await agreement.reopen(case.code, sure=True, by=world.mediator, at=AT)
    await Case.filter(id=case.id).update(afraid=True)
    return await Case.get(id=case.id).select_related("org")


def _files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


async def test_no_secret_is_in_it_and_the_list_of_hashes_holds(world: World) -> None:
    case = await _told(world)
    court, head = await court_of(world)
    handover = await sent(world, case, court)
    opened, items = await answering.open_package(handover.code, by=head, at=AT)
    content = package.zipped(opened, items)
    files = _files(content)
    whole = "\n".join(files.values())
    assert [key for key, secret in SECRETS.items() if secret in whole or secret.encode() in content] == []
    assert "怕" not in whole
    for wanted in (STATEMENT, "13900139000", WHY, DUTY, "（2026）幸福里居人调字第1号", "当事人的意愿"):
        assert wanted in whole
    listed = [line.split("  ") for line in files["00-移交清单.txt"].splitlines()]
    assert [name for _, name in listed] == sorted(set(files) - {"00-移交清单.txt"})
    assert all(hashlib.sha256(files[name].encode()).hexdigest() == mark for mark, name in listed)
    assert [each.sha256 for each in items] == [mark for mark, _ in listed]
    assert handover.manifest == hashlib.sha256(files["00-移交清单.txt"].encode()).hexdigest()
    assert package.zipped(opened, items) == content


async def test_its_papers_stay_as_they_were_and_lie_locked(world: World) -> None:
    case, (court, head) = await talking(world), await court_of(world)
    handover = await sent(world, case, court)
    before = package.zipped(handover, await package.items_of(handover))
    await Case.filter(id=case.id).update(channel="window")
    _, items = await answering.open_package(handover.code, by=head, at=AT)
    assert package.zipped(handover, items) == before
    assert not any(STATEMENT in each.body for each in items)


async def test_only_tables_of_the_list_are_read(world: World) -> None:
    case, (court, _) = await talking(world), await court_of(world)
    handover = await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    with asked() as queries:
        kept = await package.papers(case, handover)
    read = {table for query in queries for table in TABLE.findall(query)}
    assert len(kept) > 4
    assert read
    assert read <= package.ALLOWED


async def test_every_part_reads_what_it_says(world: World) -> None:
    case, (court, _) = await talking(world), await court_of(world)
    handover = await sending.propose(case.code, plan(court, basis=Basis.CONSENT), by=world.director, at=AT)
    case.state = State.HANDOVER
    for part in package.PARTS:
        with asked() as queries:
            await part.write(case, await Handover.get(id=handover.id))
        told = {str(model._meta.db_table) for model in part.reads} | {"handover"}
        assert {table for query in queries for table in TABLE.findall(query)} <= told, part.name


def test_nothing_of_rooms_agreements_or_notes_is_within_reach() -> None:
    tree = ast.parse(inspect.getsource(package))
    modules = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) and each.module}
    assert not [each for each in modules if re.search(r"\.(room|agreement|assignment|clock)|noting|waiting", each)]
    assert not package.ALLOWED & {"room", "room_message", "agreement", "agreement_version", "case_note", "case_pause"}
