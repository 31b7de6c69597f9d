"""Destroying what a case told: gone from the database at once, and from an old backup once its key is thrown away."""

import asyncio
import base64
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.drill.stage import behind, database
from community.errors import Forbidden
from community.privacy import vault
from community.record.models import Event
from mediation.archive import rotating
from mediation.archive.erasing import erase
from mediation.archive.models import CaseDossier
from mediation.archive.rules import Retention
from mediation.case.keys import lock_case, opened, opened_case, share_key
from mediation.case.models import Case, Party
from mediation.case.states import State
from mediation.room.commands import send
from mediation.room.lines import text_of
from mediation.room.models import Message
from tests.conftest import utc
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World, build
from web.cli import main

MAIN = "k1:" + base64.b64encode(b"m" * 32).decode()
OLD = "w1:" + base64.b64encode(b"o" * 32).decode()
NEW = "w2:" + base64.b64encode(b"n" * 32).decode()
LATE = utc(2037, 1, 2)


def ring(*wraps: str) -> None:
    vault.install(vault.parse_ring(MAIN, ",".join(wraps)))


async def told(world: World) -> Case:
    """Make a case with a statement under a key of its own, people, and words in its rooms, and put it on the shelf."""
    case = await made_case(world)
    case.data_key = vault.wrap(vault.new_key(), about=f"case|{case.code}|key")
    lock_case(case, "statement", "楼上漏水三个月")
    await case.save()
    for party in await Party.filter(case_id=case.id):
        share_key(case, party)
        party.name = vault.lock(
            "阿兰", about=f"party|{party.code}|name", key=vault.unwrap(party.data_key, about=f"party|{party.code}|key")
        )
        await party.save()
    rooms = await made_rooms(case, world.mediator)
    await send(rooms["A1"].code, f"m{case.id}", "两千八我也能接受", by=world.lan, at=NOON)
    await Case.filter(id=case.id).update(state=State.ARCHIVED)
    return case


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


def test_an_old_backup_does_not_give_back_what_was_destroyed(tmp_path: Path) -> None:
    async def before() -> tuple[int, int]:
        ring(OLD)
        world = await build()
        cases = [await told(world) for _ in range(2)]
        with pytest.raises(Forbidden, match="还没有归档"):
            await erase(cases[0].code, at=LATE)
        for case in cases:
            await shelved(case, world)
        with pytest.raises(Forbidden, match="期限还没有到"):
            await erase(cases[0].code, at=utc(2036, 12, 31, 2))
        assert await read(cases[0].id) == ALL
        return cases[0].id, cases[1].id

    async def destroy() -> None:
        ring(NEW, OLD)
        assert await erase((await Case.get(id=gone)).code, at=LATE) == 1
        assert await read(gone) == ["", "", ""]
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
        return (await told(await build())).code

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
        refused = runner.invoke(main, ["keys", "erase", code, "--yes"])
        assert refused.exit_code == 1
        assert "还没有归档" in refused.output
        assert runner.invoke(main, ["keys", "new", "w3"]).output.startswith("w3:")


def test_a_ring_is_refused_whose_keys_share_a_name() -> None:
    with pytest.raises(ValueError, match="a name of its own"):
        vault.parse_ring(MAIN, MAIN)
