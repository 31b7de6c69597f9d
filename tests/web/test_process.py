"""The server as an operator meets it: what it refuses to do, how it stops, what it writes into its log."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from community.record.outbox import record
from community.record.transaction import command
from tests.services import stop
from tests.web.operator import Operator
from tests.web.served import Served, environment, heyi, serving
from tests.world import NOON
from web.one_writer import SOUND
from web.settings import write_secrets


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    done = heyi("migrate", env=environment(folder))
    assert done.returncode == 0, done.stderr
    return folder


def fetch(served: Served, method: str, path: str, **headers: str) -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", served.port, timeout=30)
    try:
        line.request(method, path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def places(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "heyi.db")
    try:
        return [row[0] for row in connection.execute("SELECT name FROM place ORDER BY name")]
    finally:
        connection.close()


class Asking(threading.Thread):
    """A client that waits for its answer while we do other things."""

    def __init__(self, served: Served, path: str) -> None:
        super().__init__()
        self.served, self.path, self.answer = served, path, (0, "")
        self.start()

    def run(self) -> None:
        self.answer = fetch(self.served, "POST", self.path)


def test_a_request_under_way_is_answered_and_its_write_kept_when_the_server_is_told_to_stop(migrated: Path) -> None:
    with serving(migrated, application="heyi") as served:
        waiting = Asking(served, "/write/waited")
        gone = served.connect()
        gone.sendall(b"POST /write/gone HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
        time.sleep(0.5)
        gone.close()
        served.process.send_signal(signal.SIGTERM)
        waiting.join()
        served.process.wait(60)
    assert waiting.answer == (200, "written")
    assert places(migrated) == ["gone", "waited"]


def test_the_log_of_production_is_json_without_people_in_it(tmp_path: Path, migrated: Path) -> None:
    write_secrets(tmp_path)
    env = environment(tmp_path, HEYI_MODE="production", HEYI_DATABASE=f"sqlite://{migrated / 'heyi.db'}")
    with serving(tmp_path, application="heyi", env=env) as served:
        assert fetch(served, "GET", "/inbox/secretcode?next=lan@example.org")[0] == 303
        assert fetch(served, "GET", "/fail")[0] == 500
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(60)
        text = served.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [each["route"] for each in lines if each["event"] == "request"] == ["/inbox/{code}", "/fail"]
    assert [each["status"] for each in lines if each["event"] == "request"] == [303, 500]
    assert any("already exists" in str(each.get("exception")) for each in lines)
    for private in ("lan@example.org", "13800138000", "secretcode"):
        assert private not in text


def test_a_second_writer_beside_the_server_is_refused_with_a_sentence(migrated: Path) -> None:
    with serving(migrated) as served:
        second = heyi("migrate", env=environment(migrated))
        alone = sqlite3.sqlite_version_info < SOUND
        told = "另一个进程" in second.stderr and str(served.process.pid) in second.stderr
        assert (second.returncode, told) == (int(alone), alone), second.stderr
    assert heyi("migrate", env=environment(migrated)).returncode == 0


def test_init_writes_secrets_that_only_their_owner_may_read(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        path = write_secrets(tmp_path / "new")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text()
    assert write_secrets(tmp_path / "new").read_text() == before


def test_a_backup_is_made_while_the_server_works(migrated: Path, tmp_path: Path) -> None:
    with serving(migrated) as served:
        saved = heyi("backup", str(tmp_path / "saved"), env=environment(migrated))
        assert (saved.returncode, (tmp_path / "saved").exists()) == (0, True), saved.stderr
        assert fetch(served, "GET", "/alive")[0] == 200


def sealed(folder: Path) -> int:
    connection = sqlite3.connect(folder / "heyi.db")
    try:
        count: int = connection.execute("SELECT count(*) FROM seal").fetchone()[0]
    finally:
        connection.close()
    return count


def test_the_courier_works_without_the_site_and_finishes_when_told(migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated / "heyi.db", tmp_path / "heyi.db")

    @command
    async def note() -> None:
        await record("thing.made", "thing-1", by=None, at=NOON)

    Operator(tmp_path, f"sqlite://{tmp_path / 'heyi.db'}").behind(note)
    before = sealed(tmp_path)
    words = [sys.executable, "-m", "web", "courier"]
    process = subprocess.Popen(words, env=environment(tmp_path), stderr=subprocess.PIPE)  # noqa: S603
    try:
        deadline = time.monotonic() + 60
        while sealed(tmp_path) == before and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    finally:
        stop(process)
    assert (process.returncode, sealed(tmp_path) > before) == (0, True), said
    assert "做完手上的事" in said.decode()
