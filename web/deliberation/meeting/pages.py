"""Meetings: the list, one of them, its calendar, and planning one."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.roles import people_with, require_in_place
from community.rights import Right, Role
from deliberation.body.queries import bodies_near
from deliberation.meeting import arranging, queries
from deliberation.meeting.models import Meeting
from deliberation.meeting.rules import Form
from deliberation.meeting.workflow import MeetingState
from web.clock import BEIJING
from web.deliberation.asking import here, number
from web.deliberation.meeting.forms import NewForm, PlanForm
from web.deliberation.meeting.showing import FIELDS, HERE, head_of, now_of, opened
from web.deliberation.meeting.words import KINDS
from web.forms import Filled, read
from web.ical import Entry, feed, uid_of
from web.page import done, page
from web.paper import qr
from web.person import maybe, now, signed_in

INVITED: Final = (
    Role.RESIDENT,
    Role.HOUSEHOLD_REP,
    Role.OWNER,
    Role.DELEGATE,
    Role.COUNCIL_MEMBER,
    Role.CLERK,
    Role.OWNERS_COMMITTEE,
    Role.PROPERTY,
    Role.SOCIAL,
    Role.GRID_WORKER,
    Role.SUPERVISOR,
    Role.MODERATOR,
)


async def index(request: Request) -> Response:
    """List what is coming, then what is over."""
    person, at, place, before = maybe(request), now(request), here(request), number(request, "before")
    over, more = await queries.past(person, place, before=before, at=at)
    coming = [] if before else await queries.coming(person, place, at=at)
    view = {"coming": coming, "past": over, "next": more, "kinds": KINDS, "place": place, "at": at}
    return await page(request, f"{HERE}/index.html", view)


async def show(request: Request) -> Response:
    """Show one meeting: when, where, what about, who speaks, what was asked."""
    meeting, actors = await opened(request)
    address = f"{site_url(request)}/meetings/{meeting.id}"
    view = {
        **head_of(meeting, actors, now(request)),
        **await now_of(meeting, actors),
        "items": await queries.agenda(meeting, dropped=True),
        "mine": await queries.seats_of(maybe(request), meeting),
        "qr": qr(address),
        "address": address.split("://", 1)[-1],
    }
    return await page(request, f"{HERE}/show.html", view, fragment=f"{HERE}/_now.html")


async def calendar(request: Request) -> Response:
    """Answer with the meetings of a community to subscribe to."""
    rows = await queries.calendar(here(request))
    entries = [entry_of(each, site_url(request)) for each in rows]
    return feed(request, entries, name=request.app.state.site.name)


def site_url(request: Request) -> str:
    """Return the address of this site, without a slash at its end."""
    url: str = request.app.state.settings.site_url
    return url.rstrip("/")


def entry_of(meeting: Meeting, site: str) -> Entry:
    """Return a meeting as calendars keep it."""
    return Entry(
        uid=uid_of(meeting.key, site),
        summary=meeting.title,
        begins=meeting.starts_at,
        ends=meeting.ends_at,
        changed=meeting.changed_at,
        place=meeting.room,
        url=f"{site}/meetings/{meeting.id}",
        sequence=meeting.sequence,
        cancelled=meeting.state is MeetingState.CANCELLED,
    )


async def new(request: Request) -> Response:
    """Plan a meeting."""
    person = signed_in(request)
    await require_in_place(person, person.community_id or 0, Right.MEETING_HOST, at=now(request))
    if request.method != "POST":
        return await _sheet(request, Filled({"host": person.id}, None, {}))
    filled = await read(request, NewForm)
    if filled.data is None:
        return await _sheet(request, filled)
    try:
        meeting = await arranging.plan(filled.data.body, filled.data.plan, by=person, at=now(request))
    except Unfit as why:
        return await _sheet(request, filled.with_error(beside(why)))
    return done(f"/meetings/{meeting.id}/agenda")


async def plan(request: Request) -> Response:
    """Change the plan."""
    meeting, _ = await opened(request)
    person = signed_in(request)
    await require_in_place(person, meeting.body.place_id, Right.MEETING_HOST, at=now(request))
    if request.method != "POST":
        return await _sheet(request, Filled(typed_of(meeting), None, {}), meeting)
    filled = await read(request, PlanForm)
    if filled.data is None:
        return await _sheet(request, filled, meeting)
    try:
        await arranging.arrange(meeting.id, filled.data.plan, by=person, at=now(request))
    except Unfit as why:
        return await _sheet(request, filled.with_error(beside(why)), meeting)
    return done(f"/meetings/{meeting.id}/agenda")


def typed_of(meeting: Meeting) -> dict[str, object]:
    """Return a meeting as its form shows it, in Beijing time."""
    begins, ends = meeting.starts_at.astimezone(BEIJING), meeting.ends_at.astimezone(BEIJING)
    return {
        "form": meeting.form.value,
        "title": meeting.title,
        "room": meeting.room,
        "day": begins.date().isoformat(),
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "host": meeting.host_id,
        "clerk": meeting.clerk_id,
        "roles": [role.value for role in meeting.invited_roles],
    }


def beside(why: Unfit) -> Unfit:
    """Return a refusal beside the field that the form has for it."""
    return Unfit(why.reason, field=FIELDS.get(why.field or "", why.field), **why.facts)


async def _sheet(request: Request, filled: Filled[Any], meeting: Meeting | None = None) -> Response:
    person, at = signed_in(request), now(request)
    place = meeting.body.place_id if meeting else person.community_id or 0
    view = {
        "filled": filled,
        "meeting": meeting,
        "bodies": await bodies_near(person),
        "forms": list(Form),
        "roles": INVITED,
        "hosts": await _holders(Right.MEETING_HOST, place, request),
        "clerks": await _holders(Right.MEETING_RECORD, place, request),
        "at": at,
    }
    return await page(request, f"{HERE}/plan.html", view, status=422 if filled.errors else 200)


async def _holders(right: Right, place: int, request: Request) -> list[tuple[int, str]]:
    ids = await people_with(right, place_id=place, at=now(request))
    people = await Person.filter(id__in=ids, closed_at=None).order_by("id")
    return [(each.id, each.name) for each in people]


routes = [
    Route("/meetings", index, name="meetings"),
    Route("/meetings.ics", calendar, name="meetings-ics"),
    Route("/meetings/new", new, methods=["GET", "POST"], name="meeting-new"),
    Route("/meetings/{id:int}", show, name="meeting"),
    Route("/meetings/{id:int}/plan", plan, methods=["GET", "POST"], name="meeting-plan"),
]
