"""How a matter hangs together with others: a public page, and the new matters that begin from one."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from deliberation.lineage.linking import mark_duplicate, split, take_up
from deliberation.lineage.merging import merge, undo
from deliberation.lineage.queries import link_of, links_of
from deliberation.lineage.rules import CONTINUABLE, SPLITTABLE, LinkKind
from deliberation.matter.models import Matter
from deliberation.matter.queries import text_of
from deliberation.matter.states import JOINABLE, Actor
from web.deliberation.lineage.forms import LinkForm, UndoForm
from web.deliberation.lineage.words import BACK
from web.deliberation.matter.forms import TextForm
from web.deliberation.matter.pages import LIMITS
from web.deliberation.subpage import EMPTY, acting, capacities, fill, matter_here
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in

MAKE: Final = {"merged_into": merge, "duplicate": mark_duplicate}


async def show(request: Request) -> Response:
    """Show the links of a matter in both directions."""
    return await _links(request, await matter_here(request))


async def link(request: Request) -> Response:
    """Merge a matter into another one, or say that they are the same."""
    matter, by, at = await acting(request, Actor.CLERK), signed_in(request), now(request)

    async def do(data: LinkForm) -> None:
        try:
            await MAKE[data.kind](matter.id, data.other, data.why, by=by, at=at)
        except Hidden as why:
            raise Unfit("没有这个号的事，请核对一下号码。", field="other") from why

    async def again(filled: Filled[LinkForm]) -> Response:
        return await _links(request, matter, filled=filled)

    return await fill(request, LinkForm, do, again, to=request.url.path)


async def unlink(request: Request) -> Response:
    """Undo a link."""
    matter, by, at = await acting(request, Actor.CLERK), signed_in(request), now(request)
    found = await link_of(matter, request.path_params["link"])

    async def do(data: UndoForm) -> None:
        await undo(matter.id, found.id, data.why, by=by, at=at)

    async def again(filled: Filled[UndoForm]) -> Response:
        return await _links(request, matter, undone=filled)

    return await fill(request, UndoForm, do, again, to=f"/matters/{matter.id}/links")


async def _links(
    request: Request, matter: Matter, *, filled: Filled[Any] = EMPTY, undone: Filled[Any] = EMPTY
) -> Response:
    person, actors = maybe(request), await capacities(request, matter)
    view = {
        "matter": matter,
        "links": await links_of(person, matter),
        "back": BACK,
        "clerk": Actor.CLERK in actors,
        "kinds": [LinkKind.MERGED_INTO] * (matter.state in JOINABLE) + [LinkKind.DUPLICATE],
        "begins": person is not None and _begins(matter, actors) is not None,
        "splits": matter.state in SPLITTABLE,
        "filled": filled,
        "undone": undone,
    }
    status = 422 if filled.errors or undone.errors else 200
    return await page(request, "deliberation/lineage/show.html", view, status=status)


def _begins(matter: Matter, actors: frozenset[Actor]) -> LinkKind | None:
    """Return how a new matter may begin from this one for whoever acts in these capacities."""
    if matter.state in CONTINUABLE and Actor.RESIDENT in actors:
        return LinkKind.CONTINUES
    return LinkKind.SPLIT_FROM if matter.state in SPLITTABLE and Actor.AUTHOR in actors else None


async def _beginning(request: Request) -> tuple[Matter, LinkKind]:
    matter = await acting(request, Actor.AUTHOR, Actor.RESIDENT)
    kind = _begins(matter, await capacities(request, matter))
    if kind is None:
        raise Hidden("现在不能从这件事分出或者接着提一件新的。")
    return matter, kind


async def new(request: Request) -> Response:
    """Give a sheet for a new matter, with the old words to start from."""
    matter, kind = await _beginning(request)
    text = await text_of(matter)
    typed = {} if matter.hidden_at else {name: getattr(text, name) for name in ("title", "what", "cost", "who", "body")}
    return await _sheet(request, matter, kind, Filled(typed, None, {}))


async def begin(request: Request) -> Response:
    """Keep the new draft, linked to the matter it comes from."""
    matter, kind = await _beginning(request)
    filled, make = await read(request, TextForm), split if kind is LinkKind.SPLIT_FROM else take_up
    if filled.data is None:
        return await _sheet(request, matter, kind, filled)
    try:
        made = await make(matter.id, filled.data.text, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _sheet(request, matter, kind, filled.with_error(why))
    return done(f"/matters/{made.id}")


async def _sheet(request: Request, matter: Matter, kind: LinkKind, filled: Filled[TextForm]) -> Response:
    view = {"matter": matter, "splits": kind is LinkKind.SPLIT_FROM, "filled": filled, "limits": LIMITS}
    return await page(request, "deliberation/lineage/new.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/matters/{id:int}/links", show, name="matter-links"),
    Route("/matters/{id:int}/links", link, methods=["POST"], name="matter-link"),
    Route("/matters/{id:int}/links/new", new, name="matter-begin"),
    Route("/matters/{id:int}/links/new", begin, methods=["POST"], name="matter-begun"),
    Route("/matters/{id:int}/links/{link:int}/undoing", unlink, methods=["POST"], name="matter-unlink"),
]
