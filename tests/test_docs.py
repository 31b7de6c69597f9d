"""What the documents promise is there: settings, commands, make targets, links."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from web import settings
from web.cli import main

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.en.md"]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_readme_lists_every_setting_and_no_other(readme: Path) -> None:
    told = set(re.findall(r"^\| `(HEYI_\w+)` \|", readme.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {f"HEYI_{name.upper()}" for name, *_ in settings.names()}


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_readme_lists_every_command(readme: Path) -> None:
    told = set(re.findall(r"^\| `heyi ([\w-]+)` \|", readme.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(main.commands) - told == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_page_tells_to_make_can_be_made(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert told - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [unquote(link) for link in links if not re.match(r"https?:|mailto:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}
