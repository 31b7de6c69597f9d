"""No page of any role leads to a dead end or to a closed door; every page is shown and linked to."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from tests.fuller.play import play_on
from tests.scene import Scene
from tests.web.crawl import START, Visit, follow, leads, route_of
from tests.web.test_doors import doors

ICONS = Path(__file__).parents[2] / "static" / "icons.svg"

pytestmark = pytest.mark.pages

UNLINKED = {
    "/l/{code}": "by the code on a letter",
    "/cases/{code}/dossier/exports/{export}": "when a long dossier was made",
    "/cases/{code}/dossier/progress": "while a long dossier is made",
    "/cases/{code}/papers/{paper}/file/{kind}": "on the page of a notice, when one was made",
    "/alive": "for whoever watches the service",
    "/sent": "after asking for a letter",
    "/closed": "after closing an account",
    "/second-factor": "on the way in",
    "/cases/{code}/receipt": "after filing",
    "/cases/{code}/agreement/preview": "after saving a draft",
    "/ballots/{id:int}/receipts/{receipt}": "after voting",
    "/vote/paper": "after a code was typed",
    "/vote/receipts/{receipt}": "after voting with a code",
    "/kiosk": "on the device of a polling place",
    "/kiosk/receipt": "on the device of a polling place",
    "/ballots/{id:int}/log/proofs/consistency": "for programs, with two sizes",
    "/ballots/{id:int}/log/proofs/inclusion": "for programs, with a leaf",
    "/budgets/{id:int}/ballots.pb": "when a round is counted",
    "/matters/{id:int}/report": "when every step is done",
    "/glass/{permit}": "from a notice",
    "/cases/{code}/rooms/{room}/voice/{seq:int}": "from the player in a room",
    "/cases/{code}/interpreting/{task}/voice": "from the player of what is to be translated",
    "/cases/{code}/agreement/versions/{n:int}": "when a supplement is in effect",
    "/transparency": "a second name of the page of what was decided",
    "/matters/{id:int}/alike": "after keeping a draft that sounds like another",
    "/matters/{id:int}/steps.atom": "from the head of its page, for readers of feeds",
    "/m/{id:int}": "from paper",
    "/verify": "from the code on a slip of paper",
    "/joint/{code}": "from a notice",
    "/moderation/batches/{code}": "after deciding about several at once, and from a notice",
}
"""Pages to which no link leads, and what does."""

NO_PAGE = {
    "/l/{code}": "when a letter went out",
    "/cases/{code}/dossier/exports/{export}": "a file, when a long dossier was made",
    "/cases/{code}/dossier/progress": "a part of a page, while a long dossier is made",
    "/cases/{code}/papers/{paper}/file/{kind}": "a paper, when a notice was made",
    "/alive": "a word for whoever watches the service",
    "/cases/{code}/rooms/{room}/voice/{seq:int}": "a recording",
    "/cases/{code}/interpreting/{task}/voice": "a recording",
    "/v/{token}": "leads on to the ballot at once",
    "/m/{id:int}": "leads on to the matter at once",
    "/inbox/{code}": "leads on to what a notice is about",
    "/bodies/{id:int}/roll": "leads on to the notice of the roll in force",
    "/budgets/{id:int}/ballots.pb": "a file, when a round is counted",
    "/matters/{id:int}/steps.atom": "a feed",
    "/ballots/{id:int}/log/proofs/consistency": "for programs",
    "/ballots/{id:int}/log/proofs/inclusion": "for programs",
}
"""Addresses that answer no page; those that answered with a file or a feed of their own need not be here."""


@pytest.fixture
async def visits(app: Starlette, played: Scene) -> list[Visit]:
    """Give every page that every role can reach, with its letters and codes in hand."""
    return [visit for walker in (await play_on(app, played)).walkers for visit in await follow(app, walker)]


async def test_every_page_is_shown_and_every_link_leads_somewhere(app: Starlette, visits: list[Visit]) -> None:
    dead = [str(visit) for visit in visits if visit.status >= 400 and visit.came_from != START]
    assert not dead, "\n".join(dead)
    pages = {door.path for door in doors(app.routes) if door.method == "GET" and not door.path.startswith("/api/")}
    files = {visit.route for visit in visits if visit.status == 200 and not visit.kind.startswith("text/html")}
    shown = {visit.route for visit in visits if visit.status == 200} - files
    hidden = (pages - shown - files) ^ set(NO_PAGE)
    assert not hidden, f"pages that nobody is shown, or shown after all: {sorted(hidden)}"
    drawn = {icon for visit in visits for icon in _icons(visit)} - set(re.findall(r'id="([\w-]+)"', ICONS.read_text()))
    assert not drawn, f"icons that are not in {ICONS.name}: {sorted(drawn)}"
    linked = {to for visit in visits for to in _led_to(app, visit)}
    alone = {path for path in pages - linked if "{token}" not in path} ^ set(UNLINKED)
    assert not alone, f"pages to which no link leads, or one after all: {sorted(alone)}"


def _led_to(app: Starlette, visit: Visit) -> set[str]:
    """Return the routes of the links of a page, but for those to itself."""
    return {route_of(app, urlsplit(to).path) for to in leads(visit)} - {visit.route}


def _icons(visit: Visit) -> set[str]:
    """Return the names of the icons on a page."""
    return set(re.findall(r'<use href="/static/icons\.svg[^"#]*#([\w-]+)"', visit.html))
