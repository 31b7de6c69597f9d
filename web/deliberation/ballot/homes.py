"""My homes in a ballot: which of them are one vote together and why, and what to do when co-owners differ."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden
from deliberation.ballot import queries
from deliberation.ballot.frozen import thaw
from deliberation.body.models import RollEntry, RollVoice
from web.deliberation.ballot.reading import shown_to
from web.deliberation.ballot.voting import open_now, voter
from web.deliberation.ballot.words import POINTS
from web.page import page
from web.person import now


async def homes(request: Request) -> Response:
    """Show each vote the reader may act for, with its homes, and whether its co-owners agree."""
    who, ballot = await voter(request), await queries.find(request.path_params["id"])
    mine = await queries.mine(who.person, ballot)
    if not mine:
        raise Forbidden("您不在这次表决的名册上，或者不能代表这一户。有疑问请联系居委会。")
    ids = [one.head_id for one in mine]
    parts: dict[int, list[RollEntry]] = {number: [] for number in ids}
    for entry in await RollEntry.filter(head_id__in=ids).order_by("id"):
        parts[entry.head_id].append(entry)
    voices: dict[int, int] = dict.fromkeys(ids, 0)
    for voice in await RollVoice.filter(head_id__in=ids):
        voices[voice.head_id] += 1
    rule = thaw(ballot.rule_json)
    view = {
        "ballot": ballot,
        "text": await shown_to(who.person, ballot),
        "mine": [(one, parts[one.head_id], voices[one.head_id]) for one in mine],
        "why": POINTS["head_key", rule.head_key],
        "open": open_now(ballot, request),
        "at": now(request),
    }
    return await page(request, "deliberation/ballot/homes.html", view)


routes = [Route("/ballots/{id:int}/homes", homes, name="ballot-homes")]
