"""No page of any role leads to a dead end or to a closed door."""

from starlette.applications import Starlette

from tests.scene import play
from tests.web.crawl import roles, walk


async def test_every_link_leads_somewhere(app: Starlette) -> None:
    scene = await play(app)
    visits = [visit for one in roles(scene.world).items() for visit in await walk(app, *one)]
    dead = [str(visit) for visit in visits if visit.status >= 400]
    assert not dead, "\n".join(dead)
    assert len({visit.route for visit in visits}) > 20
