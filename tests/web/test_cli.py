"""What an operator does at the terminal: verifying, moving the clock, saving and putting back."""

import sqlite3
import stat
import tarfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from community.people.models import Person
from community.record.models import Delivery, Event
from community.record.outbox import record
from community.record.seal import seal
from community.record.transaction import bookkeeping, command
from community.timers.commands import set_timer
from deliberation.body.commands import found
from deliberation.body.rules import BodyKind
from deliberation.charter.commands import Adopted, adopt
from deliberation.charter.models import CharterClause
from deliberation.charter.rules import Clause, Point
from tests.deliberation.stage import scan
from tests.engines import Engine, Lite
from tests.web.operator import Operator
from tests.world import NOON, build
from web.backup import take_out
from web.settings import write_secrets


@command
async def note(kind: str) -> None:
    await record(kind, "thing-1", by=None, at=NOON)


async def three_sealed() -> None:
    for kind in ("thing.made", "thing.changed", "thing.ended"):
        await note(kind)
    await seal(at=NOON)


async def forge() -> None:
    await Event.filter(id=2).update(body='{"a":1}')


async def slip_in() -> None:
    await Event.create(kind="thing.forged", subject="thing-1", at=NOON, body="{}")


async def remove() -> None:
    await Event.filter(id=3).delete()


async def everybody() -> int:
    return await Person.all().count()


@pytest.fixture
def operator(tmp_path: Path, database_url: str) -> Operator:
    return Operator(tmp_path, database_url)


def test_a_sound_record_is_confirmed(operator: Operator) -> None:
    operator.behind(three_sealed)
    done = operator.heyi("verify", "record")
    assert (done.exit_code, "核对了 3 条" in done.output, "全部相符" in done.output) == (0, True, True)


@pytest.mark.parametrize(
    ("harm", "named"), [(forge, "event 2 (thing.changed)"), (slip_in, "event 4"), (remove, "event 3")]
)
def test_the_first_bad_row_is_named(operator: Operator, harm: Callable[[], Awaitable[None]], named: str) -> None:
    operator.behind(three_sealed)

    async def harmed() -> None:
        await Delivery.all().delete()
        await harm()

    operator.behind(harmed)
    done = operator.heyi("verify", "record")
    assert (done.exit_code, named in done.output) == (1, True), done.output


def test_the_clock_moves_and_says_what_falls_due(operator: Operator) -> None:
    @bookkeeping
    async def wait() -> None:
        await set_timer("thing.expires", "thing-1", due_at=NOON + timedelta(days=1))

    operator.behind(wait)
    assert "thing.expires  thing-1" in operator.heyi("clock", "+15d").output
    assert (operator.home / "clock").read_text() == "1296000.0"
    assert operator.heyi("clock", "soon").exit_code == 1


def test_the_clock_stands_fast_in_production(operator: Operator) -> None:
    write_secrets(operator.home)
    refused = operator.heyi("clock", "+1d", HEYI_MODE="production")
    assert (refused.exit_code, "开发模式" in refused.output) == (1, True)


def test_an_old_database_is_not_worked_on(tmp_path: Path) -> None:
    refused = Operator(tmp_path, f"sqlite://{tmp_path / 'none.db'}").heyi("verify", "record")
    assert (refused.exit_code, "heyi migrate" in refused.output) == (1, True)


def test_what_a_command_writes_is_for_its_owner_alone(operator: Operator) -> None:
    assert operator.heyi("clock", "+1d").exit_code == 0
    assert stat.S_IMODE((operator.home / "clock").stat().st_mode) == 0o600


def test_the_api_is_described_at_the_terminal(operator: Operator) -> None:
    assert '"openapi": "3.1.0"' in operator.heyi("openapi", "--lang", "en").output


@pytest.fixture(scope="session")
def lite(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Lite:
    return engine if isinstance(engine, Lite) else Lite(tmp_path_factory.mktemp("lite"))


class TestBackup:
    """Saving and putting back, on the embedded engine."""

    @pytest.fixture
    def here(self, tmp_path: Path, lite: Lite) -> Operator:
        operator = Operator(tmp_path, lite.copy(lite.empty, tmp_path))

        async def people() -> None:
            await build()

        operator.behind(people)
        (tmp_path / "files" / "ab").mkdir(parents=True)
        (tmp_path / "files" / "ab" / "abc").write_bytes(b"a photograph")
        (tmp_path / "files" / "ab" / "half.part").write_bytes(b"half")
        return operator

    def test_what_was_saved_is_put_back_whole(self, here: Operator, tmp_path: Path) -> None:
        saved = here.heyi("backup", str(tmp_path / "saved"))
        assert saved.exit_code == 0, saved.output
        there = Operator(tmp_path / "new", f"sqlite://{tmp_path / 'new' / 'heyi.db'}")
        assert there.heyi("restore", str(tmp_path / "saved")).exit_code == 0
        assert there.behind(everybody) == here.behind(everybody) > 0
        assert (there.home / "files" / "ab" / "abc").read_bytes() == b"a photograph"
        assert not (there.home / "files" / "ab" / "half.part").exists()

    def test_it_holds_no_keys_and_is_for_its_owner_alone(self, here: Operator, tmp_path: Path) -> None:
        (tmp_path / "secrets.env").write_text("HEYI_SECRET=x\n")
        here.heyi("backup", str(tmp_path / "saved"))
        assert stat.S_IMODE((tmp_path / "saved").stat().st_mode) == 0o600
        with tarfile.open(tmp_path / "saved") as archive:
            assert sorted(archive.getnames()) == ["files/ab/abc", "heyi.db", "manifest.json"]

    def test_neither_overwrites(self, here: Operator, tmp_path: Path) -> None:
        here.heyi("backup", str(tmp_path / "saved"))
        assert here.heyi("backup", str(tmp_path / "saved")).exit_code == 1
        refused = here.heyi("restore", str(tmp_path / "saved"))
        assert (refused.exit_code, "不会覆盖" in refused.output) == (1, True)

    @pytest.mark.parametrize("harm", ["cut", "altered", "other"])
    def test_a_broken_backup_is_not_put_back(self, here: Operator, tmp_path: Path, harm: str) -> None:
        saved = tmp_path / "saved"
        here.heyi("backup", str(saved))
        damage(saved, harm, tmp_path / "work")
        there = Operator(tmp_path / "new", f"sqlite://{tmp_path / 'new' / 'heyi.db'}")
        refused = there.heyi("restore", str(saved))
        assert (refused.exit_code, "备份" in refused.output, "Traceback" in refused.output) == (1, True, False)
        assert not (tmp_path / "new" / "heyi.db").exists()

    def test_it_is_made_beside_a_writer(self, here: Operator, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "heyi.db", isolation_level=None)) as writer:
            writer.execute("PRAGMA journal_mode=WAL")
            writer.execute("UPDATE person SET name='新名' WHERE id=1")
            assert here.heyi("backup", str(tmp_path / "saved")).exit_code == 0
        there = Operator(tmp_path / "new", f"sqlite://{tmp_path / 'new' / 'heyi.db'}")
        there.heyi("restore", str(tmp_path / "saved"))

        async def first() -> Person:
            return await Person.get(id=1)

        assert there.behind(first).name == "新名"

    def test_postgresql_has_its_own_tools(self, tmp_path: Path) -> None:
        refused = Operator(tmp_path, "postgres://nobody@127.0.0.1:1/x").heyi("backup", str(tmp_path / "saved"))
        assert (refused.exit_code, "pg_dump" in refused.output) == (1, True)


def damage(saved: Path, harm: str, work: Path) -> None:
    if harm == "cut":
        saved.write_bytes(saved.read_bytes()[:-2000])
    elif harm == "other":
        saved.write_bytes(b"not an archive")
    else:
        with tarfile.open(saved) as archive:
            take_out(archive, work)
        (work / "files" / "ab" / "abc").write_bytes(b"another one")
        with tarfile.open(saved, "w:gz") as archive:
            for name in ("heyi.db", "files/ab/abc", "manifest.json"):
                archive.add(work / name, name)


async def ruled() -> None:
    """Let the owners of a neighbourhood go by rules of their own that the law has overtaken since."""
    world = await build()
    body = await found(BodyKind.OWNERS_ASSEMBLY, world.community.id, "业主大会", by=world.clerk, at=NOON)
    day = NOON.date()
    made = Adopted(clauses=(Clause(Point.NOTICE, "20", 5),), adopted_on=day, valid_from=day)
    await adopt(body.id, made, files=[await scan(world.clerk)], by=world.clerk, at=NOON)


async def overtaken() -> None:
    await CharterClause.filter(point=Point.NOTICE).update(value="10")


def test_the_lint_reads_the_bodies_own_rules_when_asked(operator: Operator) -> None:
    operator.heyi("migrate")
    operator.behind(ruled)
    words = ("law", "lint", "--on", "2026-05-05")
    sound = operator.heyi(*words, "--bodies")
    assert (sound.exit_code, "1 个会议有自己的议事规则" in sound.output) == (0, True)
    operator.behind(overtaken)
    bad = operator.heyi(*words, "--bodies")
    assert (bad.exit_code, "业主大会，第 1 版：议事规则第 5 条的公示天数少于法律的 15 天" in bad.output) == (1, True)
    assert operator.heyi(*words).exit_code == 0
