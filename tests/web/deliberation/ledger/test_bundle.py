"""The public bundle and the program that checks it, which is run by itself, without anything of ours."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from community.places.models import UnitKind
from deliberation.ballot.models import Ballot, Result
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis, BodyKind
from deliberation.ledger.bundle import bundle, packed
from tests.deliberation.stage import body_of, counted, empty, opened, own, settle, vote
from tests.world import World

VERIFIER = Path(__file__).parents[4] / "web" / "verifier.py"
Files = dict[str, Any]


@pytest.fixture
async def files(world: World) -> Files:
    """Give the files of a decided ballot of owners: homes, parking, co-owners, the developer, a changed mind."""
    await empty(world)
    people = await settle(world, 9)
    for n, each in enumerate(people[:7]):
        await own(world, [each], area=8000 + 111 * n, prefix=f"h{n}-")
    await own(world, people[7:], area=12050, prefix="both")
    await own(world, [people[0]], area=1200, kind=UnitKind.PARKING, prefix="p")
    await own(world, area=9900, count=2, developer=True, prefix="d")
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    ballot = await opened(world, body, roll, [each.person for each in people])
    await vote(ballot, people[:2], Choice.NO)
    await vote(ballot, people[:7], Choice.YES)
    await vote(ballot, people[6:8], Choice.NO)
    await counted(world, ballot)
    return read_in(await bundle(await Ballot.get(id=ballot.id), await Result.get()))


def read_in(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: json.loads(package.read(name)) for name in package.namelist() if name != "manifest.json"}


def written(files: Files) -> bytes:
    return packed(
        {
            name: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            for name, value in files.items()
        }
    )


def check(content: bytes, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    path = folder / "bundle.zip"
    path.write_bytes(content)
    return subprocess.run(  # noqa: S603 - our own program, by itself
        [sys.executable, "-I", str(VERIFIER), str(path), *more], capture_output=True, text=True, check=False
    )


def test_the_verifier_is_short_and_needs_nothing() -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 250
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names


async def test_an_honest_bundle_holds_and_is_the_same_every_time(files: Files, tmp_path: Path) -> None:
    again = await bundle(await Ballot.get(), await Result.get())
    assert written(files) == again
    last = files["log.json"]["checkpoints"][-1]
    found = check(again, tmp_path, "--checkpoint", f"{last['size']}:{last['root'][:16]}", "--key", last["key"])
    assert (found.returncode, "全部相符" in found.stdout) == (0, True), found.stdout + found.stderr
    assert check(again, tmp_path, "--checkpoint", f"{last['size']}:00").returncode == 1
    assert check(again, tmp_path, "--key", "00" * 32).returncode == 1


def altered(files: Files) -> None:
    files["papers.json"][3]["choice"] = "abstain"


def dropped(files: Files) -> None:
    del files["papers.json"][4]


def dropped_with_leaf(files: Files) -> None:
    files["papers.json"].pop()
    files["log.json"]["leaves"].pop()


def added(files: Files) -> None:
    extra = dict(files["papers.json"][0], order=9, leaf=len(files["log.json"]["leaves"]))
    files["papers.json"].append(extra)


def added_with_leaf(files: Files) -> None:
    added(files)
    files["log.json"]["leaves"].append("ab" * 32)


def replaced_leaf(files: Files) -> None:
    files["log.json"]["leaves"][1] = "ab" * 32


def larger_home(files: Files) -> None:
    files["roll.json"]["entries"][0]["area"] += 1


def easier_rule(files: Files) -> None:
    files["rule.json"]["approve"][0]["share"] = "1/100"


def other_outcome(files: Files) -> None:
    files["decision.json"]["outcome"] = "no_quorum"


def other_tally(files: Files) -> None:
    files["tally.json"]["yes"]["heads"] += 1


def invalid_vote(files: Files) -> None:
    files["papers.json"][-1]["valid"] = False


def forged_checkpoint(files: Files) -> None:
    files["log.json"]["checkpoints"][-1]["at"] = "2026-01-01T00:00:00.000000+00:00"


FORGERIES = [
    (altered, "paper 4"),
    (dropped, "paper 5"),
    (dropped_with_leaf, "leaves were dropped"),
    (added, "was added"),
    (added_with_leaf, "leaves were added"),
    (replaced_leaf, "paper 2"),
    (larger_home, "the roll is not"),
    (easier_rule, "the rule is not"),
    (other_outcome, "the outcome differs"),
    (other_tally, "tally is different"),
    (invalid_vote, "tally is different"),
    (forged_checkpoint, "not signed rightly"),
]


@pytest.mark.parametrize(("forge", "named"), FORGERIES, ids=lambda each: getattr(each, "__name__", ""))
async def test_a_forged_bundle_is_named(
    files: Files, tmp_path: Path, forge: Callable[[Files], None], named: str
) -> None:
    forge(files)
    found = check(written(files), tmp_path)
    assert (found.returncode, named in found.stdout) == (1, True), found.stdout + found.stderr


async def test_a_file_changed_in_the_package_is_named(files: Files, tmp_path: Path) -> None:
    content = written(files)
    found = check(content.replace(b'"attempt":1', b'"attempt":2'), tmp_path)
    assert found.returncode == 1


async def test_nothing_in_a_bundle_names_anybody(files: Files) -> None:
    text = written(files).decode("utf-8", errors="ignore")
    for word in ("@example.org", "1号楼", "h0-", "both", '"p0"'):
        assert word not in text
