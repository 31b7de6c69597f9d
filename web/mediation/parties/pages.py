"""The people of a case: how each party acts, who stands beside them, and the roster of a group."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from community.people.models import Person
from mediation.agreement.queries import at_work
from mediation.agreement.ratifying import Roster, ratify, rosters
from mediation.agreement.rules import HANDS
from mediation.case.access import Seat, Thing
from mediation.case.capacity import Capacity
from mediation.case.keys import opened
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, name_for, number_for, parties_of, visible_case
from mediation.intake import leading
from mediation.parties import commands, seating
from mediation.parties.commands import OVER
from mediation.parties.models import Attendant, Guardian, Interpreter, Representative
from mediation.parties.queries import attendants, clear, members_of, standings
from mediation.parties.rules import MOST_VISITORS, AttendRole, GuardBasis, MemberVote, Power, ProxyKind, powers_of
from mediation.privacy.logging import note
from web.forms import Filled, Form, read
from web.mediation.parties import forms
from web.page import done, page, url_for
from web.paper import qr
from web.person import maybe, now, signed_in

Doing = Callable[[str, str, Any, Person, datetime], Awaitable[object]]


async def _describe(code: str, party: str, data: forms.DescribeForm, me: Person, at: datetime) -> object:
    given = {"born": data.born, "entity": data.entity, "incapable": data.incapable}
    return await commands.describe(code, party, **given, by=me, at=at)  # type: ignore[arg-type]


async def _guardian(code: str, party: str, data: forms.GuardianForm, me: Person, at: datetime) -> object:
    return await commands.name_guardian(code, party, data.someone, data.basis, conflict=data.conflict, by=me, at=at)


async def _represent(code: str, party: str, data: forms.RepresentativeForm, me: Person, at: datetime) -> object:
    return await commands.appoint(code, party, data.someone, data.kind, data.powers, until=data.until, by=me, at=at)


async def _interpret(code: str, party: str, data: forms.InterpreterForm, me: Person, at: datetime) -> object:
    return await commands.interpret(code, party, data.name, data.language, kin=data.kin, sworn=data.sworn, by=me, at=at)


async def _end(code: str, party: str, data: forms.EndForm, me: Person, at: datetime) -> object:
    return await commands.end(code, party, data.row, by=me, at=at)


async def _enrol(code: str, party: str, data: forms.RosterForm, me: Person, at: datetime) -> object:
    return await commands.enrol(code, party, data.rows, by=me, at=at)


async def _elect(code: str, party: str, data: forms.ElectForm, me: Person, at: datetime) -> object:
    return await commands.elect(code, party, data.chosen, by=me, at=at)


async def _share(code: str, party: str, data: forms.ShareForm, me: Person, at: datetime) -> object:
    return await commands.share_roster(code, party, data.shared, by=me, at=at)


async def _ratify(code: str, party: str, data: forms.RatifyForm, me: Person, at: datetime) -> object:
    return await ratify(code, party, data.member, data.vote, by=me, at=at)


class Deed(NamedTuple):
    """What one form does."""

    form: type[Form]
    do: Doing


DEEDS: Final[Mapping[str, Deed]] = {
    "capacity": Deed(forms.DescribeForm, _describe),
    "guardian": Deed(forms.GuardianForm, _guardian),
    "representative": Deed(forms.RepresentativeForm, _represent),
    "interpreter": Deed(forms.InterpreterForm, _interpret),
    "ending": Deed(forms.EndForm, _end),
    "roster": Deed(forms.RosterForm, _enrol),
    "election": Deed(forms.ElectForm, _elect),
    "sharing": Deed(forms.ShareForm, _share),
    "ratification": Deed(forms.RatifyForm, _ratify),
}


async def people(request: Request) -> Response:
    """Show all parties of a case, who stands beside them, and who else was asked in."""
    return await _people(request, Filled({}, None, {}))


async def _people(request: Request, form: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if not commands.at_work(seats, case.state):
        raise Hidden(HIDDEN)
    found = await standings(await parties_of(case), at=at)
    names = {each.party.id: name_for(seats, case, each.party) for each in found}
    apart = await Party.filter(case_id=case.id).exclude(left_at=None).order_by("side", "ordinal")
    joins = case.state in HANDS and Seat.MEDIATOR in seats
    names |= {each.id: name_for(seats, case, each) for each in apart}
    more = {
        "apart": apart if joins else [],
        "attendants": await attendants(case),
        "clear": clear,
        "roles": list(AttendRole),
        "form": form,
    }
    view = {"case": case, "standings": found, "names": names, "over": case.state in OVER, **more}
    return await page(request, "mediation/parties/people.html", view, status=422 if form.errors else 200)


async def ask_in(request: Request) -> Response:
    """Put down somebody who is asked in, or who writes the minutes."""
    me, form, code = signed_in(request), await read(request, forms.AttendForm), request.path_params["code"]
    if form.data is None:
        return await _people(request, form)
    data, at = form.data, now(request)
    told = {"agreed": data.agreed, "sworn": data.sworn}
    try:
        await seating.ask_in(code, data.role, data.name, data.why, **told, by=me, at=at)
    except Unfit as wrong:
        return await _people(request, form.with_error(wrong))
    return done(url_for("case-people", code=code))


async def leave(request: Request) -> Response:
    """End the part of somebody who was asked in."""
    code = request.path_params["code"]
    await seating.leave(code, request.path_params["row"], by=signed_in(request), at=now(request))
    return done(url_for("case-people", code=code))


async def join_later(request: Request) -> Response:
    """Let somebody without whom the others went on join what they agreed."""
    code, form = request.path_params["code"], await read(request, forms.JoinForm)
    if form.data is None:
        return await _people(request, form)
    data, me, at = form.data, signed_in(request), now(request)
    try:
        await leading.join_later(code, data.party, written=data.written, by=me, at=at)
    except Unfit as wrong:
        return await _people(request, form.with_error(wrong))
    return done(url_for("case-people", code=code))


async def link(request: Request) -> Response:
    """Make a link by which somebody takes their seat, and show it once, to hand over or print."""
    code, me, at = request.path_params["code"], signed_in(request), now(request)
    token = await seating.offer(code, request.path_params["row"], by=me, at=at)
    address = request.app.state.settings.site_url + url_for("beside", token=token)
    return await page(request, "mediation/parties/link.html", {"code": code, "address": address, "qr": qr(address)})


async def seat(request: Request) -> Response:
    """Show what seat a link is for; nothing of the case is told before it is taken."""
    token = request.path_params["token"]
    case, row = await seating.offered(token, at=now(request))
    view = {"token": token, "org": case.org, "what": _what(row), "me": maybe(request)}
    return await page(request, "mediation/parties/seat.html", view)


async def take(request: Request) -> Response:
    """Take the seat."""
    case = await seating.take(request.path_params["token"], by=signed_in(request), at=now(request))
    return done(url_for("case", code=case.code))


_WHAT: Final = {Guardian: Seat.GUARDIAN, Representative: Seat.AGENT, Interpreter: Seat.INTERPRETER}


def _what(row: seating.SeatRow) -> Seat:
    return Seat(row.role) if isinstance(row, Attendant) else _WHAT[type(row)]


async def show(request: Request) -> Response:
    """Show one party."""
    return await _shown(request, Filled({}, None, {}), 200)


async def roster(request: Request) -> Response:
    """Show, to print, the lines of a roster whose people agreed that an authority gets them, and no others."""
    me, at, params = signed_in(request), now(request), request.path_params
    case, party, seats = await commands.party_seen(params["code"], params["party"], by=me, at=at)
    await note(case, seats, (Thing.IDENTITY,), by=me, at=at)
    agreed = [each for each in await members_of(party) if each.shared_at]
    view = {"case": case, "party": party, "members": agreed, "clear": clear, "number": await number_for(seats, case)}
    return await page(request, "mediation/parties/roster.html", view)


async def deed(request: Request) -> Response:
    """Do what one of the forms asks for."""
    me, at, params = signed_in(request), now(request), request.path_params
    wanted = DEEDS.get(params["deed"])
    await commands.party_at_work(params["code"], params["party"], by=me, at=at)
    if wanted is None:
        raise Hidden(HIDDEN)
    form = await read(request, wanted.form)
    if form.data is None:
        return await _shown(request, form, 422)
    try:
        await wanted.do(params["code"], params["party"], form.data, me, at)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), 422)
    return done(url_for("case-party", code=params["code"], party=params["party"]))


async def _said(case: Case, party: Party) -> Roster | None:
    """Return what the members say of the wording that goes round or went round last."""
    version = await at_work(case)
    found = await rosters(case, version) if version and version.frozen_at else []
    return next((each for each in found if each.party.id == party.id), None)


async def _shown(request: Request, form: Filled[Any], status: int) -> Response:
    me, at, params = signed_in(request), now(request), request.path_params
    case, party, seats = await commands.party_seen(params["code"], params["party"], by=me, at=at)
    await note(case, seats, (Thing.IDENTITY,), by=me, at=at)
    standing = (await standings([party], at=at))[0]
    view: dict[str, object] = {
        "case": case,
        "party": party,
        "name": name_for(seats, case, party),
        "born": opened(party, "born"),
        "standing": standing,
        "members": await members_of(party) if standing.members else [],
        "said": await _said(case, party) if standing.members else None,
        "clear": clear,
        "powers_of": powers_of,
        "form": form,
        "at_fault": params.get("deed", ""),
    }
    lists = {"bases": list(GuardBasis), "kinds": list(ProxyKind), "powers": list(Power), "votes": list(MemberVote)}
    view |= {**lists, "most": MOST_VISITORS, "lacking": (Capacity.LIMITED, Capacity.NONE)}
    return await page(request, "mediation/parties/party.html", view, status=status)


routes = [
    Route("/cases/{code}/people", people, name="case-people"),
    Route("/cases/{code}/people", ask_in, methods=["POST"]),
    Route("/cases/{code}/joining", join_later, methods=["POST"], name="case-joining"),
    Route("/cases/{code}/seats/{row}/link", link, methods=["POST"], name="case-seat-link"),
    Route("/cases/{code}/seats/{row}/end", leave, methods=["POST"], name="case-seat-end"),
    Route("/beside/{token}", seat, name="beside"),
    Route("/beside/{token}", take, methods=["POST"]),
    Route("/cases/{code}/people/{party}", show, name="case-party"),
    Route("/cases/{code}/people/{party}/roster", roster, name="case-roster"),
    Route("/cases/{code}/people/{party}/{deed}", deed, methods=["POST"], name="case-party-deed"),
]
