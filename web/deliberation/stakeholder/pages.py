"""Who was asked to the table, and who declared which interest: two public pages of a matter."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden
from community.orgs.queries import orgs_around
from community.places.models import Place
from deliberation.matter.models import Matter
from deliberation.matter.states import RUNNING, Actor
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.inviting import invite, state
from deliberation.stakeholder.queries import declarations_of, may_state, slot_of, slots_of
from deliberation.stakeholder.rules import Capacity, Seat
from web.deliberation.stakeholder.forms import DeclarationForm, InviteForm, StatementForm
from web.deliberation.subpage import EMPTY, acting, capacities, fill, matter_here
from web.forms import Filled
from web.page import page
from web.person import maybe, now, signed_in

DECLARES: Final = {
    Actor.AUTHOR: Capacity.AUTHOR,
    Actor.HOST: Capacity.HOST,
    Actor.CLERK: Capacity.CLERK,
    Actor.TELLER: Capacity.TELLER,
}


async def show(request: Request) -> Response:
    """Show who was asked to take part, and what they said."""
    return await _table(request, await matter_here(request), EMPTY)


async def ask(request: Request) -> Response:
    """Ask a role to the table."""
    matter, by, at = await acting(request, Actor.HOST), signed_in(request), now(request)

    async def do(data: InviteForm) -> None:
        await invite(matter.id, data.seat, org=data.org, email=data.email, by=by, at=at)

    async def again(filled: Filled[InviteForm]) -> Response:
        return await _table(request, matter, filled)

    return await fill(request, InviteForm, do, again, to=request.url.path)


async def speak(request: Request) -> Response:
    """Give the position that was asked for."""
    by, at = signed_in(request), now(request)
    matter = await matter_here(request)
    slot = await slot_of(matter, request.path_params["slot"])
    if not await may_state(by, slot, at=at):
        raise Forbidden("这份邀请不是给您的。")

    async def do(data: StatementForm) -> None:
        await state(matter.id, slot.id, data.words, by=by, at=at)

    async def again(filled: Filled[StatementForm]) -> Response:
        return await _table(request, matter, EMPTY, spoken=filled)

    return await fill(request, StatementForm, do, again, to=f"/matters/{matter.id}/stakeholders")


async def _table(
    request: Request, matter: Matter, filled: Filled[InviteForm], *, spoken: Filled[Any] = EMPTY
) -> Response:
    actors, at = await capacities(request, matter), now(request)
    slots = await slots_of(matter)
    asked = [slot for slot in slots if not slot.stated_at]
    view = {
        "matter": matter,
        "slots": slots,
        "mine": [slot.id for slot in asked if await may_state(maybe(request), slot, at=at)],
        "host": Actor.HOST in actors and matter.state in RUNNING,
        "seats": list(Seat),
        "orgs": await orgs_around(await Place.get(id=matter.body.place_id)) if Actor.HOST in actors else [],
        "filled": filled,
        "spoken": spoken,
    }
    status = 422 if filled.errors or spoken.errors else 200
    return await page(request, "deliberation/stakeholder/show.html", view, status=status)


async def interests(request: Request) -> Response:
    """Show who declared which interest."""
    return await _interests(request, await matter_here(request), EMPTY)


async def own(request: Request) -> Response:
    """Declare one's own interest, or that there is none."""
    matter, by, at = await acting(request, *DECLARES), signed_in(request), now(request)

    async def do(data: DeclarationForm) -> None:
        yes = data.interested == "yes"
        await declare(matter.id, data.capacity, interested=yes, words=data.words, by=by, at=at)

    async def again(filled: Filled[DeclarationForm]) -> Response:
        return await _interests(request, matter, filled)

    return await fill(request, DeclarationForm, do, again, to=request.url.path)


async def _interests(request: Request, matter: Matter, filled: Filled[DeclarationForm]) -> Response:
    actors = await capacities(request, matter)
    given = await declarations_of(matter)
    view = {
        "matter": matter,
        "given": given,
        "missing": [each for each in (Capacity.AUTHOR, Capacity.HOST) if each not in {one.capacity for one in given}],
        "capacities": [capacity for actor, capacity in DECLARES.items() if actor in actors],
        "filled": filled,
    }
    status = 422 if filled.errors else 200
    return await page(request, "deliberation/stakeholder/interests.html", view, status=status)


routes = [
    Route("/matters/{id:int}/stakeholders", show, name="matter-stakeholders"),
    Route("/matters/{id:int}/stakeholders", ask, methods=["POST"], name="matter-invite"),
    Route("/matters/{id:int}/stakeholders/{slot:int}/statement", speak, methods=["POST"], name="matter-statement"),
    Route("/matters/{id:int}/interests", interests, name="matter-interests"),
    Route("/matters/{id:int}/interests", own, methods=["POST"], name="matter-declare"),
]
