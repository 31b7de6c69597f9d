"""Spam in one go: choose what is alike, decide once; the batch as its authors and who decided it see it."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.moderation import batches, queries, undoing
from community.moderation.clauses import LETTERS
from community.moderation.content import find_content, find_visible
from community.moderation.orders import Order
from community.moderation.rules import Reason
from community.people.roles import require_in_place
from community.privacy.scan import mask_text
from community.rights import Right
from web.community.moderation.forms import BatchForm
from web.community.moderation.words import CLAUSES, kind_of
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})


async def choose(request: Request) -> Response:
    """Show what the same person wrote, or others word for word, with nothing chosen."""
    return await _choose(request, request.query_params.get("about", ""), EMPTY)


async def hide(request: Request) -> Response:
    """Hide what was chosen, in one decision."""
    person, filled = signed_in(request), await read(request, BatchForm)
    form = filled.data
    if form is None:
        return await _choose(request, str(filled.value("about")), filled, status=422)
    order = Order(Reason.SPAM, form.words or LETTERS[Reason.SPAM])
    try:
        code = await batches.hide_many(form.subjects, order, by=person, at=now(request))
    except Unfit as why:
        return await _choose(request, form.about, filled.with_error(why), status=422)
    return done(f"/moderation/batches/{code}")


async def _choose(request: Request, about: str, filled: Filled[Any], *, status: int = 200) -> Response:
    person, at = signed_in(request), now(request)
    content = await find_visible(about, person, at=at)
    await require_in_place(person, content.community_id, Right.CONTENT_MODERATE, at=at)
    found = [(subject, await find_content(subject)) for subject in dict.fromkeys([about, *await content.alike()])]
    items = [(subject, mask_text(each.excerpt)) for subject, each in found if not each.protected]
    view = {"about": about, "items": items, "form": filled, "letter": LETTERS[Reason.SPAM], "kind_of": kind_of}
    return await page(request, "community/moderation/batch.html", view, status=status)


async def show(request: Request) -> Response:
    """Show a batch: to its moderator all of it, to an author their own items with the way to appeal."""
    person, at = signed_in(request), now(request)
    found = await queries.batch_of(person, request.path_params["code"])
    decided = found[0].by_id == person.id
    view = {
        "code": request.path_params["code"],
        "hidings": found,
        "decided": decided,
        "undoable": decided and any(undoing.may_undo(each, person, at=at) for each in found),
        "clause": CLAUSES[found[0].reason],
        "kind_of": kind_of,
    }
    return await page(request, "community/moderation/batched.html", view)


async def undo(request: Request) -> Response:
    """Take the whole batch back within ten minutes."""
    person, code = signed_in(request), request.path_params["code"]
    await queries.batch_of(person, code)
    await undoing.undo_batch(code, by=person, at=now(request))
    return done(f"/moderation/batches/{code}")


routes = [
    Route("/moderation/batch", choose, name="moderation-batch"),
    Route("/moderation/batch", hide, methods=["POST"]),
    Route("/moderation/batches/{code}", show, name="batch"),
    Route("/moderation/batches/{code}/undo", undo, methods=["POST"], name="batch-undo"),
]
