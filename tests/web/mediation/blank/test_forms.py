"""Every form can be printed before the power goes, from the page and from the command line."""

import shutil
import subprocess
from pathlib import Path

import httpx2
from click.testing import CliRunner

from web.cli import main
from web.mediation.blank.listing import FORMS


def words_on(path: Path) -> str:
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is not installed"
    return subprocess.run([program, str(path), "-"], capture_output=True, text=True, check=True).stdout  # noqa: S603


def test_the_command_writes_every_form_with_every_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["forms", "--blank", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert {each.stem for each in tmp_path.iterdir()} == set(FORMS)
    for code, blank in FORMS.items():
        told = "".join(words_on(tmp_path / f"{code}.pdf").split())
        wanted = (blank.title, *(label for label, _ in blank.lines), *blank.signed, *blank.told, *blank.before)
        assert [each for each in wanted if "".join(each.split()) not in told] == [], code


async def test_the_page_leads_to_each(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/forms/blank")).text
    assert all(f"/forms/blank/{code}.pdf" in page for code in FORMS)
    assert (await client.get("/forms/blank/oral.pdf")).content.startswith(b"%PDF")
    assert (await client.get("/forms/blank/nothing.pdf")).status_code == 404
