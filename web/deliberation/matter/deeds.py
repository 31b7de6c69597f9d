"""What is done to a matter, one resource a deed: buttons of one press, and forms for those that need words."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.roles import require_in_place
from deliberation.ballot import announcing
from deliberation.ballot.conduct import Conduct, conducts_on
from deliberation.ballot.models import FITS, Channel, Precedence
from deliberation.body.models import RollVersion
from deliberation.body.queries import latest_roll
from deliberation.body.rules import PRESETS, Effect
from deliberation.charter.queries import own_rules
from deliberation.charter.rules import Point
from deliberation.matter import drafting, hosting, queries, screening
from deliberation.matter.models import Matter
from deliberation.matter.states import RIGHTS, Actor, Screened
from deliberation.question.queries import again_of
from deliberation.question.rules import POSTS, TIES, Kind, Method, Side
from deliberation.stakeholder.queries import slots_of
from web.deliberation.charter.words import SAID
from web.deliberation.matter.forms import AnnouncementForm, ScreeningForm, SittingForm, StudyForm
from web.forms import Filled, Form, read
from web.page import done, page
from web.person import now, signed_in

F = TypeVar("F", bound=Form)
Deed = Callable[..., Awaitable[object]]

PRESSES: Final[Mapping[str, Deed]] = {
    "submission": drafting.submit,
    "resubmission": drafting.resubmit,
    "reopening": drafting.reopen,
    "withdrawal": drafting.withdraw,
    "final-text": hosting.finalise,
    "reconvening": hosting.reconvene,
    "closing": screening.close_file,
}
"""Deeds that need no words: the resource that is made, and the command that makes it."""


async def press(request: Request) -> Response:
    """Do a deed that needs no words."""
    number = request.path_params["id"]
    await PRESSES[request.url.path.rsplit("/", 1)[1]](number, by=signed_in(request), at=now(request))
    return done(f"/matters/{number}")


async def desk(request: Request) -> Response:
    """List what waits for the offices of the reader."""
    rows = await queries.waiting_for(signed_in(request), at=now(request))
    return await page(request, "deliberation/matter/desk.html", {"matters": rows, "at": now(request)})


async def _at_desk(request: Request, actor: Actor) -> Matter:
    """Return the matter, or refuse whoever does not hold the office."""
    person = signed_in(request)
    matter = await queries.find(person, request.path_params["id"])
    await require_in_place(person, matter.body.place_id, RIGHTS[actor], at=now(request))
    return matter


async def _fill(
    request: Request, form: type[F], actor: Actor, template: str, deed: Callable[[Matter, F], Awaitable[object]]
) -> Response:
    """Show an empty form, or do what the filled one says; what is wrong comes back as it was typed."""
    matter = await _at_desk(request, actor)
    if request.method != "POST":
        return await _form(request, matter, template, Filled({}, None, {}))
    filled = await read(request, form)
    if filled.data is None:
        return await _form(request, matter, template, filled, status=422)
    try:
        await deed(matter, filled.data)
    except Unfit as why:
        return await _form(request, matter, template, filled.with_error(why), status=422)
    return done(f"/matters/{matter.id}")


async def _form(request: Request, matter: Matter, template: str, filled: Filled[Any], *, status: int = 200) -> Response:
    view = {"matter": matter, "filled": filled, "text": await queries.text_of(matter)}
    more = await _plan(request, matter) if template == "announcement" else {}
    if template == "sitting":
        more = {"invited": await slots_of(matter)}
    return await page(request, f"deliberation/matter/{template}.html", {**view, **more}, status=status)


async def _plan(request: Request, matter: Matter) -> Mapping[str, object]:
    roll = await latest_roll(matter.body_id)
    presets, own = PRESETS[matter.body.kind], await own_rules(matter.body_id, now(request))
    ways, held = own.clauses.get(Point.CHANNELS), _held(matter, roll, now(request))
    return {
        "roll": roll,
        "weights": [weight for basis, weight in presets.rules if roll and basis is roll.basis],
        "effects": [effect for effect in Effect if any(effect in each.effects for each in held)],
        "ways_in": [
            way for way in Channel if (not ways or way in ways.ways) and any(way in each.ways for each in held)
        ],
        "fits": {kind.value: [way.value for way in Channel if way in FITS[kind]] for kind in Kind},
        "precedences": list(Precedence),
        "days": max(presets.notice_days, own.notice_days),
        "first": announcing.earliest(matter.body, roll, now(request), own_days=own.notice_days),
        "own": own,
        "said_": SAID,
        "extends": announcing.EXTENDS,
        "questions": list(Kind),
        "sides": list(Side),
        "posts": [post for post, terms in POSTS.items() if matter.body.kind in terms.bodies],
        "methods": list(Method),
        "ties": TIES,
        "before": await again_of(matter.id),
    }


def _held(matter: Matter, roll: RollVersion | None, at: datetime) -> list[Conduct]:
    """Return how the votes that may be announced here are held; an election may be held otherwise, and says so."""
    names = PRESETS[matter.body.kind].rules
    return conducts_on((name for (basis, _), name in names.items() if roll and basis is roll.basis), local_day(at))


OUTCOMES: Final = {"no": Screened.SEND_BACK, "mediation": Screened.TO_MEDIATION, "other": Screened.NOT_OURS}


async def screen(request: Request) -> Response:
    """Accept a matter or send it back."""
    by, at = signed_in(request), now(request)

    async def deed(matter: Matter, data: ScreeningForm) -> None:
        if data.accepted == "yes":
            await screening.accept(matter.id, by=by, at=at)
        else:
            await screening.send_back(matter.id, data.reasons, outcome=OUTCOMES[data.accepted], by=by, at=at)

    return await _fill(request, ScreeningForm, Actor.CLERK, "screening", deed)


async def study(request: Request) -> Response:
    """Put the opinion of the party organisation on record."""
    by, at = signed_in(request), now(request)

    async def deed(matter: Matter, data: StudyForm) -> None:
        await screening.study(matter.id, data.held_on, data.opinion, by=by, at=at)

    return await _fill(request, StudyForm, Actor.PARTY, "study", deed)


async def sitting(request: Request) -> Response:
    """Put a session on record."""
    by, at = signed_in(request), now(request)

    async def deed(matter: Matter, data: SittingForm) -> None:
        await hosting.discuss(
            matter.id,
            data.held_on,
            data.attended,
            data.minutes,
            consensus=data.consensus,
            dissent=data.dissent,
            by=by,
            at=at,
        )

    return await _fill(request, SittingForm, Actor.HOST, "sitting", deed)


async def announce(request: Request) -> Response:
    """Announce the vote."""
    by, at = signed_in(request), now(request)

    async def deed(matter: Matter, data: AnnouncementForm) -> None:
        await announcing.announce(matter.id, data.plan, by=by, at=at)

    return await _fill(request, AnnouncementForm, Actor.CLERK, "announcement", deed)


routes = [
    *[Route(f"/matters/{{id:int}}/{noun}", press, methods=["POST"], name=f"matter-{noun}") for noun in PRESSES],
    Route("/matters/{id:int}/screening", screen, methods=["GET", "POST"], name="matter-screening"),
    Route("/matters/{id:int}/study", study, methods=["GET", "POST"], name="matter-study"),
    Route("/matters/{id:int}/sittings", sitting, methods=["GET", "POST"], name="matter-sittings"),
    Route("/matters/{id:int}/announcement", announce, methods=["GET", "POST"], name="matter-announcement"),
    Route("/desk/matters", desk, name="desk-matters"),
]
