"""The filters of one's desk: which is looked through now, keeping one, forgetting one."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from mediation.case.sifting import Sift, drop_filter, filters_of, keep_filter
from mediation.case.states import State
from mediation.intake.rules import Kind
from web.forms import Form, read
from web.mediation.case.queue import GROUPS
from web.page import done, url_for
from web.person import signed_in

CHOSEN = ("show", "kind", "state", "filter", "all")


class FilterForm(Form):
    """存筛选."""

    name: Annotated[str, StringConstraints(max_length=60)] = ""
    kind: Kind | None = None
    state: State | None = None
    show: Annotated[str, StringConstraints(max_length=8)] = ""
    opens: bool = False

    @property
    def sift(self) -> Sift:
        """Return it for the domain."""
        show = self.show if self.show in GROUPS else ""
        return Sift(self.kind.value if self.kind else "", self.state.value if self.state else "", show)


async def sifted(request: Request, me: Person) -> dict[str, object]:
    """Return one's filters, which of them is open, and what it lets through, else the default opens."""
    kept, asked = await filters_of(me), request.query_params
    named = next((each for each in kept if each.code == asked.get("filter")), None)
    if named is None and not any(name in asked for name in CHOSEN):
        named = next((each for each in kept if each.opens), None)
    if named:
        return {"filters": kept, "filter": named, "sift": Sift(named.kind, named.state, named.show)}
    kind, state = _one_of(asked.get("kind", ""), Kind), _one_of(asked.get("state", ""), State)
    show = asked.get("show", "")
    return {"filters": kept, "filter": None, "sift": Sift(kind, state, show if show in GROUPS else "")}


def _one_of(typed: str, known: type[Kind] | type[State]) -> str:
    return typed if typed in set(known) else ""


async def keep(request: Request) -> Response:
    """Keep a filter and open the desk through it; what has no name is only looked through once."""
    me, form = signed_in(request), await read(request, FilterForm)
    if form.data is None:
        return done(url_for("desk") + "?all=1")
    try:
        row = await keep_filter(form.data.name, form.data.sift, opens=form.data.opens, by=me)
    except Unfit:
        sift = form.data.sift
        return done(f"{url_for('desk')}?kind={sift.kind}&state={sift.state}&show={sift.show}")
    return done(f"{url_for('desk')}?filter={row.code}")


async def drop(request: Request) -> Response:
    """Forget a filter."""
    await drop_filter(request.path_params["code"], by=signed_in(request))
    return done(url_for("desk") + "?all=1")


routes = [
    Route("/desk/filters", keep, methods=["POST"], name="desk-filters"),
    Route("/desk/filters/{code}/end", drop, methods=["POST"], name="desk-filter-end"),
]
