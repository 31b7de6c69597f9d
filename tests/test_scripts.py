"""The scripts behind ``make`` say what is missing by the name under which it can be installed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BASICS = (
    "bash",
    "env",
    "dirname",
    "sha256sum",
    "cat",
    "id",
    "ls",
    "tr",
    "mktemp",
    "tail",
    "rm",
    "sort",
    "awk",
    "grep",
    "sed",
)


def machine(folder: Path, *programs: str) -> dict[str, str]:
    """Return the environment of a machine that has only the basics and ``programs``."""
    folder.mkdir()
    for name in (*BASICS, *programs):
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return {"PATH": str(folder), "HOME": str(folder), "LANG": "C.UTF-8"}


def run(*command: str, env: dict[str, str], at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own scripts
        command, cwd=at, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout that has never been made ready."""
    for name in ("scripts/ready.sh", "requirements.lock", "pyproject.toml"):
        target = tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return tmp_path / "checkout"


def old_python(folder: Path, version: str) -> None:
    script = f'#!/bin/sh\n[ "$1" = -V ] && echo "Python {version}" && exit 0\nexit 1\n'
    (folder / "python3").write_text(script)
    (folder / "python3").chmod(0o755)


@pytest.mark.parametrize(
    ("programs", "package"),
    [(["make"], "git"), (["git"], "make"), (["git", "make"], "python3")],
    ids=["git", "make", "python3"],
)
def test_a_missing_program_is_named_with_its_package(
    tmp_path: Path, checkout: Path, programs: list[str], package: str
) -> None:
    done = run("scripts/ready.sh", "requirements.lock", env=machine(tmp_path / "bin", *programs), at=checkout)
    assert done.returncode == 1
    assert f"sudo apt install {package}\n" in done.stderr


def test_an_old_python_is_named(tmp_path: Path, checkout: Path) -> None:
    env = machine(tmp_path / "bin", "git", "make")
    old_python(tmp_path / "bin", "3.9.2")
    done = run("scripts/ready.sh", "requirements.lock", env=env, at=checkout)
    assert done.returncode == 1
    assert "3.9.2" in done.stderr
    assert "Python 3.11" in done.stderr


def test_a_python_without_venv_is_named(tmp_path: Path, checkout: Path) -> None:
    """Debian splits the module off into a package of its own."""
    env = machine(tmp_path / "bin", "git", "make")
    script = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; -V) echo Python 3.11.2;; esac\n'
    (tmp_path / "bin" / "python3").write_text(script)
    (tmp_path / "bin" / "python3").chmod(0o755)
    done = run("scripts/ready.sh", "requirements.lock", env=env, at=checkout)
    assert done.returncode == 1
    assert "sudo apt install python3-venv\n" in done.stderr


def test_what_the_tests_lack_is_named_when_it_cannot_be_installed(tmp_path: Path) -> None:
    done = run("scripts/system.sh", env=machine(tmp_path / "bin"))
    assert done.returncode == 1
    assert re.search(
        r"sudo apt install chromium fontconfig fonts-noto-cjk poppler-utils( postgresql)? redis-server", done.stderr
    )


def test_nothing_is_said_when_nothing_is_missing() -> None:
    done = run("scripts/system.sh", env=dict(os.environ))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_make_explains_itself() -> None:
    done = run("make", env=dict(os.environ))
    assert done.returncode == 0
    assert set(re.findall(r"^  make (\w+)", done.stdout, re.MULTILINE)) >= {
        "run",
        "test",
        "check",
        "fmt",
        "demo",
        "bench",
        "lock",
    }


def test_the_locks_hold_checksums_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock
        assert not re.search(r"^--", lock, re.MULTILINE)
        pins = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)[1:]
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)


def test_what_runs_is_tested_in_the_same_versions() -> None:
    runtime, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / n).read_text(), re.MULTILINE))
        for n in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime < dev
    assert not any(pin.startswith(("pytest", "playwright", "mypy")) for pin in runtime)
