"""Destroying what a case told: gone from the database at once, and from an old backup once its key is thrown away."""

import asyncio
import base64
import importlib
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner
from tortoise import fields
from tortoise.models import Model

from bench.drill.stage import behind, database
from community.errors import Forbidden
from community.people.models import Holding, Person
from community.people.password import hash_of
from community.people.rules import Level, Method
from community.privacy import vault
from community.record.models import Event
from community.rights import Role
from mediation.agreement.models import Agreement, AgreementVersion, Clause, Signature
from mediation.agreement.queries import locked_body, name_of, opened_body
from mediation.agreement.rules import Capacity, ClauseKind
from mediation.archive import rotating
from mediation.archive.erasing import erase
from mediation.archive.locked import APART, LOCKED
from mediation.archive.models import CaseDossier
from mediation.archive.rules import Retention
from mediation.case.events import Event as Step
from mediation.case.keys import (
    carry,
    lock_case,
    lock_for,
    lock_in,
    lock_party,
    lock_with,
    opened,
    opened_case,
    share_key,
)
from mediation.case.models import Case, Party
from mediation.case.noting import note
from mediation.case.states import State
from mediation.feedback.grievances import Grievance
from mediation.feedback.models import CaseComplaint, SatisfactionAnswer
from mediation.room.commands import send
from mediation.room.lines import text_of
from mediation.room.models import Message
from tests.conftest import utc
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World, build
from web.cli import main
from web.database import MODELS

MAIN = "k1:" + base64.b64encode(b"m" * 32).decode()
OLD = "w1:" + base64.b64encode(b"o" * 32).decode()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "w2:" + base64.b64encode(b"n" * 32).decode()
LATE = utc(2037, 1, 2)


def ring(*wraps: str) -> None:
    vault.install(vault.parse_ring(MAIN, ",".join(wraps)))


async def told(world: World) -> Case:
    """Make a case with a statement under a key of its own, people, and words in its rooms, and put it on the shelf."""
    case = await made_case(world)
    case.data_key = vault.wrap(vault.new_key(), about=f"case|{case.code}|key")
    for column, text in (("statement", "楼上漏水三个月"), ("wish", "修好"), ("place", "302")):
        lock_case(case, column, text)
    await case.save()
    for party in await Party.filter(case_id=case.id):
        share_key(case, party)
        lock_party(party, "name", "阿兰")
        lock_party(party, "email", "lan@example.cn")
        await party.save()
    await spoken_of(case, world)
    rooms = await made_rooms(case, world.mediator)
    await send(rooms["A1"].code, f"m{case.id}", "两千八我也能接受", by=world.lan, at=NOON)
    await Case.filter(id=case.id).update(state=State.ARCHIVED)
    return case


async def spoken_of(case: Case, world: World) -> None:
    """Write an agreement that is signed, a note, an opinion and why it should be opened: words of many tables."""
    agreement = await Agreement.create(case=case, community_id=case.community_id, seq=1)
    version = AgreementVersion(agreement=agreement, n=1, made_at=NOON)
    carry(case, version)
    version.body = locked_body(version, "赔两千八")
    await version.save()
    party = await Party.filter(case_id=case.id).order_by("id").first()
    assert party
    hand = Signature(version=version, party=party, signer=world.lan, capacity=Capacity.PARTY, level=Level.S1)
    hand.update_from_dict({"method": Method.MAIL, "doc_sha256": "d", "signed_at": NOON, "completes_at": NOON})
    hand.name = lock_in(version, "阿兰", about=name_of(hand))
    await hand.save()
    clause = Clause(version=version, row=1, kind=ClauseKind.PAY, obligor=party, obligee=party, amount_fen=280000)
    clause.text = lock_for(party, "付两千八", about=f"clause|{clause.code}|text")
    await clause.save()
    await note(case, Step.SESSION, "两边都让了一步", by=world.mediator, at=NOON)
    told = lock_with(case, "吴老师有耐心", about=f"satisfaction|{case.code}|{party.id}")
    answer = SatisfactionAnswer(case=case, party=party, words=told, at=NOON)
    await answer.update_from_dict(dict.fromkeys(("response", "fairness", "solved", "manner"), 5)).save()


async def sealed_in(case_id: int) -> list[tuple[str, str]]:
    """Return every locked text of a case in the tables, with the name of the key it was locked with."""
    found: list[tuple[str, str]] = []
    for each in LOCKED:
        for row in await each.model.filter(**{each.case: case_id}).values(*each.columns):
            found += [(f"{each.model.__name__}.{name}", text.split(".")[1]) for name, text in row.items() if text]
    return found


def test_every_text_of_a_case_is_destroyed_with_it() -> None:
    """No column of text can be added to mediation without saying whether it goes with the case."""
    said = {each.model: set(each.columns) for each in LOCKED} | {model: set(names) for model, names in APART.items()}
    texts: dict[type[Model], set[str]] = {}
    for module in [each for each in MODELS if each.startswith("mediation.")]:
        here = vars(importlib.import_module(module)).values()
        for model in [each for each in here if isinstance(each, type) and issubclass(each, Model)]:
            names = {name for name, field in model._meta.fields_map.items() if isinstance(field, fields.TextField)}
            texts |= {model: names} if names and model.__module__.startswith("mediation.") else {}
    assert texts == said


async def pair(world: World) -> dict[str, Person]:
    """Return an archivist and the head of the body."""
    org = world.mediation_committee
    held = await Holding.get_or_create(person=world.intake, role=Role.ARCHIVIST, org=org, defaults={"since": NOON})
    assert held
    return {"by": world.intake, "second": world.director}


async def shelved(case: Case, world: World) -> None:
    """Bind its file, to be kept until the end of 2036."""
    await CaseDossier.create(
        community_id=case.community_id,
        case=case,
        org=world.mediation_committee,
        number=f"n{case.id}",
        retention=Retention.TEN,
        kept_until=date(2036, 12, 31),
        words="",
        before="",
        manifest="m",
        link=f"l{case.id}",
        alone_until=date(2026, 6, 3),
        together_until=date(2026, 11, 1),
        by=world.director,
        at=NOON,
    )


async def read(case_id: int) -> list[str]:
    """Read what was told in a case."""
    case = await Case.get(id=case_id)
    names = [opened(party, "name") for party in await Party.filter(case_id=case_id).order_by("id")]
    lines = await Message.filter(room__case_id=case_id).select_related("room")
    said = [text_of(line.room, line) for line in lines]
    return [opened_case(case, "statement"), *names, *said]


ALL = ["楼上漏水三个月", "阿兰", "阿兰", "两千八我也能接受"]


async def refused_early(world: World, case: Case, both: dict[str, Person]) -> None:
    """Not before it is on the shelf, not by one, not by two in the wrong seats."""
    with pytest.raises(Forbidden, match="还没有归档"):
        await erase(case.code, **both, at=LATE)
    for alone in (world.intake, world.director):
        with pytest.raises(Forbidden, match="两个人"):
            await erase(case.code, by=alone, second=alone, at=LATE)
    with pytest.raises(Forbidden):
        await erase(case.code, by=world.director, second=world.intake, at=LATE)


async def refused_on_the_shelf(world: World, case: Case, both: dict[str, Person]) -> None:
    """Not before its term is over, not while a complaint waits."""
    with pytest.raises(Forbidden, match="期限还没有到"):
        await erase(case.code, **both, at=utc(2036, 12, 31, 2))
    held = await CaseComplaint.create(
        case=case, grievance=next(iter(Grievance)), raised_by=world.lan, raised_at=NOON, words=""
    )
    with pytest.raises(Forbidden, match="投诉还没有答复"):
        await erase(case.code, **both, at=LATE)
    await held.delete()


def test_an_old_backup_does_not_give_back_what_was_destroyed(tmp_path: Path) -> None:
    two: list[int] = []

    async def before() -> tuple[int, int]:
        ring(OLD)
        world = await build()
        cases = [await told(world) for _ in range(2)]
        both = await pair(world)
        two.extend(each.id for each in both.values())
        await refused_early(world, cases[0], both)
        for case in cases:
            await shelved(case, world)
        await refused_on_the_shelf(world, cases[0], both)
        assert await read(cases[0].id) == ALL
        return cases[0].id, cases[1].id

    async def destroy() -> None:
        ring(NEW, OLD)
        by, second = await Person.get(id=two[0]), await Person.get(id=two[1])
        assert await erase((await Case.get(id=gone)).code, by=by, second=second, at=LATE) == 1
        assert (await Event.get(kind="case.erased")).actor_id == by.id
        assert await read(gone) == ["", "", ""]
        assert await sealed_in(gone) == []
        held = sum((await rotating.wrapped()).values())
        first = rotating.KEPT[0]
        half = await rotating._anew(first, await rotating._after(first, 0))  # cut off after this
        assert half == 1
        assert await rotating.rotate(at=LATE) == held - half
        assert await Event.filter(kind="keys.rotated").count() == 1
        ring(NEW)
        assert await rotating.wrapped() == Counter({"w2": held})
        assert await read(stays) == ALL

    async def restored() -> None:
        ring(NEW, OLD)
        assert await read(gone) == ALL  # it was in there, for whoever still has the old key
        ring(NEW)
        assert await Message.filter(room__case_id=gone).count() == 1
        with pytest.raises(vault.Tampered):
            await read(gone)
        held = await sealed_in(gone)
        assert {"AgreementVersion.body", "Signature.name", "Clause.text", "CaseNote.words"} <= {
            name for name, _ in held
        }
        assert {key for _, key in held} == {"own", "w1"}  # nothing under a key that is still there
        version = await AgreementVersion.get(agreement__case_id=gone)
        with pytest.raises(vault.Tampered):
            opened_body(version)
        for line in await Message.all().select_related("room"):
            with pytest.raises(vault.Tampered):
                text_of(line.room, line)

    with database("sqlite", tmp_path) as url:
        gone, stays = asyncio.run(behind(url, before))
        backup = tmp_path / "backup.db"
        shutil.copy(url.removeprefix("sqlite://"), backup)
        asyncio.run(behind(url, destroy))
        asyncio.run(behind(f"sqlite://{backup}", restored))


def test_the_command_lists_rotates_and_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def before() -> str:
        vault.install(vault.parse_ring(MAIN))
        world = await build()
        for each in (await pair(world)).values():
            await Person.filter(id=each.id).update(password_hash=await hash_of("correct horse"))
        factor = vault.lock(SECRET, about=f"person|{world.director.id}|totp_secret")
        await Person.filter(id=world.director.id).update(totp_secret=factor)
        mails.extend([world.intake.email, world.director.email])
        return (await told(world)).code

    mails: list[str] = []
    with database("sqlite", tmp_path) as url:
        code = asyncio.run(behind(url, before))
        for name, value in (("HOME", str(tmp_path)), ("DATABASE", url), ("KEYS", MAIN), ("WRAP_KEYS", NEW)):
            monkeypatch.setenv(f"HEYI_{name}", value)
        runner = CliRunner()
        assert "k1  " in runner.invoke(main, ["keys", "list"]).output
        assert "换好了" in runner.invoke(main, ["keys", "rotate"]).output
        listed = runner.invoke(main, ["keys", "list"]).output
        assert "现用" in listed
        assert "k1" not in listed
        answers = [mails[0], "correct horse", mails[1], "correct horse", "", pyotp.TOTP(SECRET).now(), ""]
        wrong, bare = [*answers[:3], "battery staple", "", "", ""], [*answers[:5], "", ""]
        assert "验证码不对" in runner.invoke(main, ["keys", "erase", code, "--yes"], input="\n".join(bare)).output
        refused = runner.invoke(main, ["keys", "erase", code, "--yes"], input="\n".join(answers))
        assert "邮箱或密码不对" in runner.invoke(main, ["keys", "erase", code, "--yes"], input="\n".join(wrong)).output
        assert refused.exit_code == 1
        assert "还没有归档" in refused.output
        assert "还没有归档的案卷" in runner.invoke(main, ["privacy", "retention"]).output
        assert runner.invoke(main, ["keys", "new", "w3"]).output.startswith("w3:")


def test_a_ring_is_refused_whose_keys_share_a_name() -> None:
    with pytest.raises(ValueError, match="a name of its own"):
        vault.parse_ring(MAIN, MAIN)
