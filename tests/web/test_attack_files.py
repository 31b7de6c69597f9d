"""Bad files through every form that takes one: a sentence, never a crash, nothing stored.

Handing files in by themselves is tried in ``tests/community/files``.
"""

import os
from pathlib import Path

import pytest
from starlette.applications import Starlette

from community.places.models import Resident
from tests.scene import Scene
from tests.web.crawl import client_of, roles, walk
from tests.web.test_attack import Attacker, explained, targets

OURS = {
    "empty.csv": b"",
    "nul.csv": b"\x00" * 4000,
    "half.csv": "姓名,楼栋\n阿兰,".encode() + b"\xe5\x8f",
    "utf16.csv": "楼栋,房号,姓名\n1,2,阿兰\n".encode("utf-16"),
    "formula.csv": '楼栋,房号,姓名\n"=HYPERLINK(""http://evil.example"")",@SUM(1),+1\n'.encode(),
    "quotes.csv": b'"' * 5000,
    "wide.csv": ",".join(["a"] * 20_000).encode(),
    "not-a-zip.xlsx": b"PK\x03\x04" + b"\xff" * 3000,
    "list.json": b"[" * 20_000,
    "huge-year.json": b'{"year": 99999999999999999999, "days": []}',
    "days.json": b'{"year": 2027, "days": [{"date": "2027-02-30", "isOffDay": 1}, 7, null]}',
    "markup.json": b'{"year": 2027, "days": [{"name": "<script>alert(1)</script>", "date": "x"}]}',
    "../../etc/passwd": b"root:x:0:0",
    "a" * 255 + ".csv": b"x",
    "名\u202ecsv.exe": b"MZ",
    "<img src=x onerror=alert(1)>.csv": "姓名\n<script>alert(1)</script>\n".encode(),
}


def files() -> dict[str, bytes]:
    """Return our own files and those of the data set when there is one."""
    folder = Path(os.environ.get("HEYI_DATA", "/nowhere")) / "attack"
    given = {path.name: path.read_bytes() for path in sorted(folder.glob("*/*")) if path.is_file()}
    return {**OURS, **given}


@pytest.mark.parametrize("role", ["clerk", "admin"])
async def test_bad_files_in_every_form_that_takes_one(app: Starlette, played: Scene, role: str) -> None:
    attacker = Attacker(app)
    person, people = roles(played.world)[role], await Resident.all().count()
    found = [
        one for one in targets(app, await walk(app, role, person)) if any(f.kind == "file" for f in one.form.fields)
    ]
    async with await client_of(app, person) as client:
        for target in found:
            field = next(each.name for each in target.form.fields if each.kind == "file")
            for name, content in files().items():
                given = {field: (name, content, "application/octet-stream")}
                await attacker.ask(client, "POST", target.url, name, files=given)
                answer = await client.post(target.url, files=given)
                if answer.status_code < 400 or not explained(answer):
                    attacker.found.append(f"{target.url} {name!a} answers {answer.status_code}")
    assert found, "no form takes a file"
    assert not attacker.found, "\n".join(attacker.found)
    assert await Resident.all().count() == people
