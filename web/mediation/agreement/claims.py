"""What whoever is owed wages may take to a court once an agreement was not kept, filled in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from mediation.agreement.money import in_words
from mediation.agreement.performing import overdue_in
from mediation.agreement.queries import latest as latest_of
from mediation.agreement.queries import number_for, obligations_of, readable_case
from mediation.agreement.rules import may_see_performance
from mediation.case.keys import opened
from mediation.case.queries import HIDDEN
from mediation.case.states import State
from mediation.intake.rules import Kind
from web.page import page
from web.person import now, signed_in


async def payment_order(request: Request) -> Response:
    """Show the application for a payment order for wages that are late (劳动争议调解仲裁法 16)."""
    me, at = signed_in(request), now(request)
    case, seats = await readable_case(me, request.path_params["code"], at=at)
    version = await latest_of(case)
    wages = case.type_code == Kind.LABOUR and case.state is State.BREACHED
    if version is None or not wages or not may_see_performance(seats, case.state):
        raise Hidden(HIDDEN)
    late = {each.id for each in await overdue_in(case, at)}
    owed = [each for each in await obligations_of(case) if each.id in late and each.clause.amount_fen]
    rests = [(each.clause.amount_fen or 0) - each.paid_fen for each in owed]
    lines = [
        {
            "who": opened(each.clause.obligor, "name"),
            "whom": opened(each.clause.obligee, "name"),
            "until": each.due_on,
            "rest": in_words(rest),
        }
        for each, rest in zip(owed, rests, strict=True)
    ]
    view = {"case": case, "agreement": number_for(version), "lines": lines, "total": in_words(sum(rests) or 1)}
    return await page(request, "mediation/agreement/payment_order.html", view)


routes = [Route("/cases/{code}/agreement/payment-order", payment_order, name="agreement-payment-order")]
