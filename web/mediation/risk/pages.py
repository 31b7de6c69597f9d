"""The colour of a case with its reasons, the alarm, and what one can do about them."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from mediation.case.access import Thing
from mediation.case.queries import readable
from mediation.privacy.logging import note
from mediation.risk import commands, safety
from mediation.risk.models import PoliceExtract
from mediation.risk.queries import assessed, held_back, reason_of
from mediation.risk.rules import AGAIN, POINTS, Level, Safety, Sign
from web.forms import Filled, read
from web.mediation.risk import preventing
from web.mediation.risk.forms import RiskForm
from web.page import done, page
from web.person import now, signed_in


async def show(request: Request) -> Response:
    """Show the colour and what it follows from."""
    return await _shown(request, Filled({}, None, {}))


async def act(request: Request) -> Response:
    """Answer the alarm, note a sign, set a colour, or agree to lower it."""
    me, at = signed_in(request), now(request)
    case, _ = await readable(me, request.path_params["code"], Thing.RISK, at=at)
    filled = await read(request, RiskForm)
    if filled.data is None:
        return await _shown(request, filled, 422)
    try:
        made = await _do(case.code, filled.data, me, at)
    except Unfit as wrong:
        return await _shown(request, filled.with_error(wrong), 422)
    return done(f"/extracts/{made.code}" if made else request.url.path)


async def paper(request: Request) -> Response:
    """Show the paper for the police to whoever drew it up."""
    made, facts = await safety.extract_of(request.path_params["code"], by=signed_in(request), at=now(request))
    quoted = [{**one, "at": datetime.fromisoformat(one["at"])} for one in facts["words"]]
    return await page(request, "mediation/risk/extract.html", {"made": made, "facts": facts, "quoted": quoted})


async def _do(code: str, said: RiskForm, me: Person, at: datetime) -> PoliceExtract | None:
    if said.deed == "extract":
        return await safety.extract(code, said.given_to, by=me, at=at)
    if said.deed == "acknowledge":
        await commands.acknowledge(code, by=me, at=at)
    elif said.deed == "note":
        await commands.note_sign(code, said.sign, by=me, at=at)
    elif said.deed == "set":
        await commands.set_level(code, said.level, said.reason, by=me, at=at)
    elif said.deed == "step":
        await safety.check_off(code, said.step, by=me, at=at)
    else:
        await commands.agree(code, by=me, at=at)
    return None


async def _shown(request: Request, form: Filled[RiskForm], status: int = 200) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await readable(me, request.path_params["code"], Thing.RISK, at=at)
    stands = await assessed(case)
    red = await held_back(case)
    did = await safety.steps_done(case) if red else []
    calls = await safety.threatened(case, seats) if red else []
    if calls:
        await note(case, seats, [Thing.IDENTITY], by=me, at=at)
    view = {
        "case": case,
        "calls": calls,
        "stands": stands,
        "reasons": {each.id: reason_of(case, each) for each in stands.rulings},
        "waits": next((each for each in stands.rulings if each.at is None), None),
        "me": signed_in(request),
        "red": red,
        "steps": [(step, [each for each in did if each.step is step]) for step in Safety],
        "again": AGAIN,
        "given": await PoliceExtract.filter(case_id=case.id).order_by("-id").select_related("by"),
        "points": POINTS,
        "fear": Sign.FEAR,
        "levels": tuple(Level),
        "signs": [each for each in Sign if each is not Sign.FEAR],
        "form": form,
    }
    return await page(request, "mediation/risk/show.html", view, status=status)


routes = [
    Route("/cases/{code}/risk", show, name="case-risk"),
    Route("/cases/{code}/risk", act, methods=["POST"]),
    *preventing.routes,
    Route("/extracts/{code}", paper, name="police-extract"),
]
