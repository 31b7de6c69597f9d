"""各版文字 — one version held against another, for readers."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deliberation.matter import queries
from deliberation.matter.diff import Block, compare, compare_line
from deliberation.matter.meaning import Sign
from deliberation.matter.models import MatterVersion
from deliberation.matter.wording import pair
from web.deliberation.asking import number
from web.page import page
from web.person import maybe
from web.words import N_

LINES: Final = {"title": N_("题目"), "what": N_("做什么"), "cost": N_("花多少"), "who": N_("谁负责")}
LONG: Final = 3  # paragraphs that stayed, from which they are folded away


async def version(request: Request) -> Response:
    """Show a version held against the one before it, or against another."""
    matter = await queries.find(maybe(request), request.path_params["id"])
    old, new = await pair(matter, request.path_params["n"], number(request, "against"))
    view = {"matter": matter, "new": new, "old": old, "signs": Sign, **compared(old, new)}
    return await page(request, "deliberation/matter/version.html", view)


def compared(old: MatterVersion | None, new: MatterVersion) -> dict[str, object]:
    """Return what a page shows of two versions: the lines by their names, and the paragraphs, long stays folded."""
    was = old or new
    lines = [(name, compare_line(getattr(was, key), getattr(new, key))) for key, name in LINES.items()]
    return {"lines": lines, "stretches": folded(compare(was.body, new.body))}


def folded(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Return the blocks in stretches, and of each whether it is folded away because nothing changed in it."""
    found = [(changed, list(each)) for changed, each in groupby(blocks, key=lambda block: block.changed)]
    any_changed = any(changed for changed, _ in found)
    return [(any_changed and not changed and len(each) >= LONG, each) for changed, each in found]


routes = [Route("/matters/{id:int}/versions/{n:int}", version, name="matter-version")]
