"""From figures to a proposal: the one place where what mediation counts is handed to deliberation, by a person."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.places.models import Place
from deliberation.body.models import Body
from deliberation.matter.drafting import Twice
from deliberation.matter.raising import raise_figures
from deliberation.matter.text import Text
from mediation.intake.rules import Kind
from mediation.report.hotspots import LEAST, Spot, hotspots, offer
from web.forms import Filled, Form, read
from web.page import done, page, url_for
from web.person import now, signed_in
from web.words import gathered

COST: Final = "先把原因和办法商量清楚，再算要花多少。"
WHO: Final = "居委会召集，有关各方参加。"


class RaiseForm(Form):
    """起草议题: which kind, in which community, for which body."""

    community: int
    kind: Kind
    body: int


async def show(request: Request) -> Response:
    """Show what came up often, with a button for each."""
    return await _shown(request, Filled({}, None, {}), 200)


async def draft(request: Request) -> Response:
    """Draft a proposal from a figure and lead to it; the author rewords it before anybody else sees it."""
    me, at, form = signed_in(request), now(request), await read(request, RaiseForm)
    if form.data is None:
        return await _shown(request, form, 422)
    said = form.data
    try:
        spot = await offer(said.community, said.kind, by=me, at=at)
        matter = (await raise_figures(said.body, words(spot), by=me, at=at)).id
    except Twice as again:
        matter = again.matter_id
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("matter", id=matter))


def words(spot: Spot) -> Text:
    """Return the first words of the proposal: a kind and a figure, nobody and nothing else."""
    kind = gathered()[Kind, spot.kind.name]
    return Text(
        title=f"“{kind}”一类的纠纷近来多，怎么从根上减少",
        what=f"近三个月本社区这一类纠纷不少于 {spot.least} 件，请大家一起商量原因和办法。",
        cost=COST,
        who=WHO,
    )


async def _shown(request: Request, form: Filled[RaiseForm], status: int) -> Response:
    spots = await hotspots(signed_in(request), at=now(request))
    places = {each.id: each.name for each in await Place.filter(id__in={each.community_id for each in spots})}
    bodies = await Body.filter(community_id__in=list(places), ended_at=None).order_by("id")
    rows = [
        (each, places[each.community_id], [b for b in bodies if b.community_id == each.community_id]) for each in spots
    ]
    view = {"rows": rows, "least": LEAST, "form": form}
    return await page(request, "mediation/report/hotspots.html", view, status=status)


routes = [
    Route("/desk/hotspots", show, name="hotspots"),
    Route("/desk/hotspots", draft, methods=["POST"]),
]
