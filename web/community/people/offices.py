"""Who holds which office, for administrators; and who may do what, for everybody."""

from datetime import datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.people.offices import end_role, grant_role
from community.people.queries import offices, orgs_to_grant_in, places_to_grant_in
from community.people.roles import all_roles
from community.people.rules import GRANTABLE
from community.places.models import Place
from community.rights import GRANTS, Right, Role, require
from web.clock import BEIJING
from web.community.people.forms import OfficeForm
from web.community.people.words import DONE
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """List the offices, with a form to give one."""
    return await _show(request, Filled({}, None, {}))


async def grant(request: Request) -> Response:
    """Give an office."""
    person = signed_in(request)
    filled = await read(request, OfficeForm)
    if filled.data is None:
        return await _show(request, filled)
    try:
        await _grant(filled.data, person, now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return done("/admin/roles?done=granted")


async def end(request: Request) -> Response:
    """End an office now."""
    await end_role(request.path_params["code"], by=signed_in(request), at=now(request))
    return done("/admin/roles?done=role-ended")


async def rights(request: Request) -> Response:
    """Show who may do what, from the table that permits it."""
    view = {
        "roles": [(role, [right for right in Right if right in GRANTS[role]]) for role in Role],
        "rights": [(right, [role for role in Role if right in GRANTS[role]]) for right in Right],
    }
    return await page(request, "community/people/rights.html", view)


async def _grant(given: OfficeForm, person: Person, at: datetime) -> None:
    kind, number = given.where.split("-")
    place = await Place.get_or_none(id=int(number)) if kind == "place" else None
    org = await Org.get_or_none(id=int(number)) if kind == "org" else None
    if place is None and org is None:
        raise Unfit("请从列出的地方里选一个。", field="where")
    until = datetime.combine(given.until + timedelta(days=1), time(0), BEIJING) if given.until else None
    await grant_role(given.email, given.role, place=place, org=org, until=until, by=person, at=at)


async def _show(request: Request, filled: Filled[OfficeForm]) -> Response:
    person, at = signed_in(request), now(request)
    require(await all_roles(person, at=at), Right.ROLE_GRANT)
    view = {
        "form": filled,
        "held": await offices(person, at=at),
        "roles": GRANTABLE,
        "places": await places_to_grant_in(person, at=at),
        "orgs": await orgs_to_grant_in(person, at=at),
        "said_done": DONE.get(request.query_params.get("done", "")),
    }
    return await page(request, "community/people/offices.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/admin/roles", show, name="offices"),
    Route("/admin/roles", grant, methods=["POST"]),
    Route("/admin/roles/{code}/end", end, methods=["POST"], name="end-office"),
    Route("/rights", rights, name="rights"),
]
