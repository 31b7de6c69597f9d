"""Decisions from outside, and appeals against a return: two public pages of a matter."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden
from deliberation.matter.models import Matter
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import Verb, steps_for
from deliberation.oversight.appealing import appeal, decide
from deliberation.oversight.orders import VERBS, correct, order
from deliberation.oversight.queries import (
    appeal_until,
    appeals_of,
    may_decide,
    orders_of,
    pending_of,
    refusal_of,
)
from deliberation.oversight.rules import Issuer, Ruling
from web.deliberation.oversight.forms import AppealForm, CorrectionForm, OrderForm, RulingForm
from web.deliberation.subpage import EMPTY, acting, capacities, fill, matter_here
from web.forms import Filled
from web.page import page
from web.person import maybe, now, signed_in


async def orders(request: Request) -> Response:
    """Show the documents recorded about a matter."""
    return await _orders(request, await matter_here(request))


async def record_order(request: Request) -> Response:
    """Put a document on record and do what it orders."""
    matter, by, at = await acting(request, Actor.OVERSEER), signed_in(request), now(request)

    async def do(data: OrderForm) -> None:
        await order(matter.id, data.deed, data.document, by=by, at=at)

    async def again(filled: Filled[OrderForm]) -> Response:
        return await _orders(request, matter, ordered=filled)

    return await fill(request, OrderForm, do, again, to=request.url.path)


async def corrected(request: Request) -> Response:
    """Say how an ordered correction was made."""
    matter, by, at = await acting(request, Actor.HOST), signed_in(request), now(request)

    async def do(data: CorrectionForm) -> None:
        await correct(matter.id, data.words, by=by, at=at)

    async def again(filled: Filled[CorrectionForm]) -> Response:
        return await _orders(request, matter, mended=filled)

    return await fill(request, CorrectionForm, do, again, to=f"/matters/{matter.id}/orders")


async def _orders(
    request: Request, matter: Matter, *, ordered: Filled[Any] = EMPTY, mended: Filled[Any] = EMPTY
) -> Response:
    verbs = {step.verb for step in steps_for(matter.state, await capacities(request, matter))}
    view = {
        "matter": matter,
        "orders": await orders_of(matter),
        "deeds": [deed for deed, verb in VERBS.items() if verb in verbs],
        "correct": Verb.CORRECT in verbs,
        "issuers": list(Issuer),
        "ordered": ordered,
        "mended": mended,
    }
    status = 422 if ordered.errors or mended.errors else 200
    return await page(request, "deliberation/oversight/orders.html", view, status=status)


async def appeals(request: Request) -> Response:
    """Show the appeals made in a matter."""
    return await _appeals(request, await matter_here(request))


async def make_appeal(request: Request) -> Response:
    """Appeal against a return."""
    matter, by, at = await acting(request, Actor.AUTHOR), signed_in(request), now(request)

    async def do(data: AppealForm) -> None:
        await appeal(matter.id, data.words, by=by, at=at)

    async def again(filled: Filled[AppealForm]) -> Response:
        return await _appeals(request, matter, said_form=filled)

    return await fill(request, AppealForm, do, again, to=request.url.path)


async def rule(request: Request) -> Response:
    """Decide an appeal."""
    matter, by, at = await acting(request, Actor.OVERSEER), signed_in(request), now(request)
    waiting = await pending_of(matter)
    if waiting and not await may_decide(by, matter, waiting, at=at):
        raise Forbidden("裁定申诉的人要是居务监督委员会成员，而且没有参加过这件事的受理。逾期以后街道也可以裁定。")

    async def do(data: RulingForm) -> None:
        await decide(matter.id, data.ruling, data.reasons, by=by, at=at)

    async def again(filled: Filled[RulingForm]) -> Response:
        return await _appeals(request, matter, ruled=filled)

    return await fill(request, RulingForm, do, again, to=f"/matters/{matter.id}/appeal")


async def _appeals(
    request: Request, matter: Matter, *, said_form: Filled[Any] = EMPTY, ruled: Filled[Any] = EMPTY
) -> Response:
    person, at = maybe(request), now(request)
    waiting = await pending_of(matter) if matter.state is State.APPEALED else None
    refusal = await refusal_of(matter) if person and person.id == matter.author_id else None
    view = {
        "matter": matter,
        "appeals": await appeals_of(matter),
        "appeal_by": appeal_until(refusal) if refusal else None,
        "decides": waiting is not None and await may_decide(person, matter, waiting, at=at),
        "rulings": list(Ruling),
        "said_form": said_form,
        "ruled": ruled,
        "at": at,
    }
    status = 422 if said_form.errors or ruled.errors else 200
    return await page(request, "deliberation/oversight/appeals.html", view, status=status)


routes = [
    Route("/matters/{id:int}/orders", orders, name="matter-orders"),
    Route("/matters/{id:int}/orders", record_order, methods=["POST"], name="matter-order"),
    Route("/matters/{id:int}/correction", corrected, methods=["POST"], name="matter-correction"),
    Route("/matters/{id:int}/appeal", appeals, name="matter-appeals"),
    Route("/matters/{id:int}/appeal", make_appeal, methods=["POST"], name="matter-appeal"),
    Route("/matters/{id:int}/appeal/ruling", rule, methods=["POST"], name="matter-ruling"),
]
