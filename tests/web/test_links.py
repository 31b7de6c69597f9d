"""No page of any role leads to a dead end or to a closed door, and no page is left that nobody can reach."""

import pytest
from starlette.applications import Starlette

from tests.scene import play
from tests.web.crawl import Visit, roles, walk
from tests.web.test_doors import doors

pytestmark = pytest.mark.pages

UNLINKED = {
    "/alive": "for whoever watches the service",
    "/sent": "after asking for a letter",
    "/second-factor": "on the way in",
    "/cases/{code}/receipt": "after filing",
    "/cases/{code}/agreement/preview": "after saving a draft",
    "/ballots/{id:int}/receipts/{receipt}": "after voting",
    "/ballots/{id:int}/count": "while a ballot is counted",
    "/ballots/{id:int}/log/proofs/consistency": "for programs, with two sizes",
    "/ballots/{id:int}/log/proofs/inclusion": "for programs, with a leaf",
    "/budgets/{id:int}/ballots.pb": "when a round is counted",
    "/desk/callbacks/{code}": "when a deed is drawn for a call",
    "/helping/{code}": "after helping somebody",
    "/files/{code}": "where a file is attached",
    "/transparency": "a second name of the page of what was decided",
    "/matters/{id:int}/plan": "while a decision is carried out",
    "/matters/{id:int}/steps/{step:int}": "while a decision is carried out",
    "/matters/{id:int}/report": "when every step is done",
    "/matters/{id:int}/evaluation": "while those who took part are asked",
    "/matters/{id:int}/archiving": "when a matter is closed",
    "/matters/{id:int}/archive": "when a matter is archived",
    "/matters/{id:int}/archive/public.zip": "when a matter is archived",
    "/matters/{id:int}/archive/full.zip": "when a matter is archived",
    "/matters/{id:int}/alike": "after keeping a draft that sounds like another",
    "/matters/{id:int}/steps.atom": "from the head of its page, for readers of feeds",
    "/m/{id:int}": "from paper",
    "/notes/{id:int}": "when those who oversee have written",
    "/verify": "from the code on a slip of paper",
    "/moderation/batches/{code}": "after deciding about several at once, and from a notice",
    "/vote/paper": "after typing a code from paper",
    "/vote/receipts/{receipt}": "after voting with a code from paper",
    "/kiosk": "on a tablet that a clerk has opened",
    "/kiosk/receipt": "after voting on that tablet",
    "/ballots/{id:int}/papers/{sheet:int}": "while a sheet is read",
    "/ballots/{id:int}/candidates": "while candidates tell of themselves",
    "/cases/{code}/extension": "while more time is asked for",
    "/joint/{code}": "while another organisation is asked to join",
    "/dispatch": "at the desk of the centre, which the scene has none of",
    "/handovers/{code}": "while a case is handed over",
    "/handovers/{code}/package.zip": "while a case is handed over",
    "/moderation/hidden/{code}": "from a notice, while it can be answered",
}
"""Pages that a link leads to only at a moment that the scene does not hold."""


@pytest.fixture
async def visits(app: Starlette) -> list[Visit]:
    """Give every page that every role can reach."""
    scene = await play(app)
    return [visit for one in roles(scene.world).items() for visit in await walk(app, *one)]


async def test_every_link_leads_somewhere_and_to_every_page_leads_one(app: Starlette, visits: list[Visit]) -> None:
    dead = [str(visit) for visit in visits if visit.status >= 400]
    assert not dead, "\n".join(dead)
    pages = {door.path for door in doors(app.routes) if door.method == "GET" and not door.path.startswith("/api/")}
    alone = {path for path in pages - {visit.route for visit in visits} if "{token}" not in path}
    assert {path for path in alone if not path.startswith("/outbox")} - set(UNLINKED) == set()
