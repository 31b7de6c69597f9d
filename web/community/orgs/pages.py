"""The organisations of a community: a public list, and forms for its administrator."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Hidden, Unfit
from community.orgs.commands import OrgFacts, change_org, hand_over_seal, set_up_org
from community.orgs.models import Org, OrgKind
from community.orgs.queries import custodian, members, org_of, orgs_around
from community.orgs.rules import in_office
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.places.models import Place, PlaceKind
from community.rights import Right, may
from web.community.orgs.forms import OrgForm, SealForm
from web.community.orgs.words import DONE
from web.forms import Filled, read
from web.page import done, page
from web.person import maybe, now, signed_in


async def listing(request: Request) -> Response:
    """List the organisations of one's community, for everybody."""
    person, at = maybe(request), now(request)
    community = await _community(request, person)
    today = local_day(at)
    orgs = await orgs_around(community) if community else []
    view = {
        "community": community,
        "communities": [] if community else await Place.filter(kind=PlaceKind.COMMUNITY).order_by("code").limit(200),
        "orgs": [(org, in_office(org.term_from, org.term_until, today=today)) for org in orgs],
        "admin": community is not None and await _administers(person, community.id, request),
        "mine": {place for place in {org.place_id for org in orgs} if await _administers(person, place, request)},
    }
    return await page(request, "community/orgs/listing.html", view)


async def new(request: Request) -> Response:
    """Ask what organisation to set up."""
    await _own_community(request)
    return await _form(request, None, Filled({}, None, {}))


async def set_up(request: Request) -> Response:
    """Set up an organisation in one's own community."""
    community = await _own_community(request)
    filled = await read(request, OrgForm)
    if filled.data is None:
        return await _form(request, None, filled)
    try:
        org = await set_up_org(_facts(filled.data), community, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _form(request, None, filled.with_error(why))
    return done(f"/orgs/{org.code}?done=set-up")


async def edit(request: Request) -> Response:
    """Show what is said of an organisation, to change it."""
    org = await _own_org(request)
    typed = {name: getattr(org, name) or "" for name in OrgForm.model_fields}
    return await _form(request, org, Filled(typed, None, {}))


async def change(request: Request) -> Response:
    """Change what is said of an organisation."""
    org = await _own_org(request)
    filled = await read(request, OrgForm)
    if filled.data is None:
        return await _form(request, org, filled)
    try:
        await change_org(org, _facts(filled.data), by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _form(request, org, filled.with_error(why))
    return done(f"/orgs/{org.code}?done=changed")


async def seal(request: Request) -> Response:
    """Hand the seal over."""
    org = await _own_org(request)
    filled = await read(request, SealForm)
    to = await Person.get_or_none(code=filled.data.custodian) if filled.data else None
    if to is None:
        return await _form(request, org, filled.with_error(Unfit("请选一位在这个组织任职的人。", field="custodian")))
    try:
        await hand_over_seal(org, to, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _form(request, org, filled.with_error(why))
    return done(f"/orgs/{org.code}?done=seal")


def _facts(given: OrgForm) -> OrgFacts:
    return OrgFacts(**given.model_dump())


async def _form(request: Request, org: Org | None, filled: Filled[OrgForm] | Filled[SealForm]) -> Response:
    view = {
        "org": org,
        "form": filled,
        "kinds": tuple(OrgKind),
        "members": await members(org) if org else [],
        "keeper": await custodian(org) if org else None,
        "said_done": DONE.get(request.query_params.get("done", "")),
    }
    return await page(request, "community/orgs/form.html", view, status=422 if filled.errors else 200)


async def _community(request: Request, person: Person | None) -> Place | None:
    """Return the community asked for, or one's own, or the only one there is."""
    if code := request.query_params.get("community"):
        return await Place.get_or_none(code=code[:24], kind=PlaceKind.COMMUNITY)
    if person and person.community_id:
        return await Place.get_or_none(id=person.community_id)
    some = await Place.filter(kind=PlaceKind.COMMUNITY).limit(2)
    return some[0] if len(some) == 1 else None


async def _own_community(request: Request) -> Place:
    person = signed_in(request)
    place = await Place.get_or_none(id=person.community_id) if person.community_id else None
    if place is None:
        raise Hidden("您还没有加入社区，请先在“我的”里选社区。")
    await require_in_place(person, place.id, Right.ROLE_GRANT, at=now(request))
    return place


async def _own_org(request: Request) -> Org:
    org = await org_of(request.path_params["code"])
    await require_in_place(signed_in(request), org.place_id, Right.ROLE_GRANT, at=now(request))
    return org


async def _administers(person: Person | None, place_id: int, request: Request) -> bool:
    return person is not None and may(await roles_in_place(person, place_id, at=now(request)), Right.ROLE_GRANT)


routes = [
    Route("/orgs", listing, name="orgs"),
    Route("/orgs", set_up, methods=["POST"]),
    Route("/orgs/new", new, name="new-org"),
    Route("/orgs/{code}", edit, name="org"),
    Route("/orgs/{code}", change, methods=["POST"]),
    Route("/orgs/{code}/seal", seal, methods=["POST"], name="org-seal"),
]
