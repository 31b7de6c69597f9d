"""The desk of intake: one queue for every way in, and registering what came by window, telephone or from elsewhere."""

from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.roles import all_roles, orgs_where
from community.rights import Right, may
from mediation.case.channels import Channel
from mediation.intake import commands
from mediation.intake.rules import Authorised, Kind
from mediation.intake.suggesting import suggest
from mediation.intake.waiting import SHOWN, WAITING, Sieve, by_channel, desks_of, numbers_of, sieved
from web.api.given import query_of
from web.forms import Filled, check, read
from web.mediation.case.queue import rows_of
from web.mediation.intake import sweeps
from web.mediation.intake.desk_forms import RegisterForm, SieveForm, SuggestForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/intake"
TAKEN: Final = (
    Channel.PHONE,
    Channel.WINDOW,
    Channel.GRID,
    Channel.HOTLINE,
    Channel.POLICE,
    Channel.COURT,
    Channel.PETITION,
)
"""Ways of which somebody registers by hand, the commonest first."""


async def waiting(request: Request) -> Response:
    """Show what waits at intake, by every way in, as the sieve lets it through."""
    me, at = signed_in(request), now(request)
    asked = check(SieveForm, {name: value for name, value in query_of(request).items() if value})
    data = asked.data or SieveForm()
    orgs = await desks_of(me, at=at)
    sieve = Sieve(channel=data.channel, state=data.state, kind=data.kind, afraid=data.afraid, words=data.q)
    cases = await sieved(orgs, sieve).offset((data.page - 1) * SHOWN).limit(SHOWN + 1)
    view = {
        "rows": await rows_of(me, cases[:SHOWN], at),
        "numbers": await numbers_of(cases[:SHOWN]),
        "more": len(cases) > SHOWN,
        "counts": await by_channel(orgs),
        "sieve": data,
        "channels": list(Channel),
        "states": WAITING,
        "kinds": list(Kind),
    }
    more = {"kind_of": Kind, "today": local_day(at), "channel_of": Channel}
    return await page(request, f"{HERE}/queue.html", view | more)


async def blank(request: Request) -> Response:
    """Show the form on which somebody's dispute is registered for them."""
    await _place(signed_in(request), now(request))
    return await _form(request, Filled({}, None, {}), 200)


async def register(request: Request) -> Response:
    """Register somebody's dispute for them."""
    me, at = signed_in(request), now(request)
    where, form = await _place(me, at), await read(request, RegisterForm)
    if form.data is None:
        return await _form(request, form, 422)
    try:
        case = await commands.file(form.data.filing(), by=me, community_id=where, at=at)
    except Unfit as wrong:
        return await _form(request, form.with_error(wrong), 422)
    return done(url_for("case-receipt", code=case.code))


async def suggested(request: Request) -> Response:
    """Show which kinds the words of an account speak for; the choice stays with the clerk."""
    await _place(signed_in(request), now(request))
    form = await read(request, SuggestForm)
    found = suggest(form.data.statement) if form.data else []
    return await page(request, f"{HERE}/_suggested.html", {"found": found})


async def _form(request: Request, form: Filled[Any], status: int) -> Response:
    typed = str(form.value("statement"))
    view = {"form": form, "kinds": list(Kind), "channels": TAKEN, "ways": list(Authorised), "found": suggest(typed)}
    return await page(request, f"{HERE}/register.html", view, status=status)


async def _place(me: Person, at: datetime) -> int:
    """Return the community for which somebody registers: that of their committee, else their own."""
    orgs = await orgs_where(me, Right.CASE_FILE_FOR, at=at)
    org = await Org.filter(id__in=orgs).exclude(community_id=None).order_by("id").first() if orgs else None
    if org is None and not may(await all_roles(me, at=at), Right.CASE_FILE_FOR):
        raise Forbidden("替别人登记由受理员、居委会工作人员和网格员来办。您自己的事，请在“解纷”里申请。")
    return (org.community_id if org else me.community_id) or 0


routes = [
    *sweeps.routes,
    Route("/desk/intake", waiting, name="desk-intake"),
    Route("/desk/intake/new", blank, name="intake-new"),
    Route("/desk/intake/new", register, methods=["POST"]),
    Route("/desk/intake/kinds", suggested, methods=["POST"], name="intake-kinds"),
]
