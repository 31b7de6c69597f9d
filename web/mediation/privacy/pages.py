"""Who read what of a case; asking that something be opened, answering, reading it; one's own consents."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden, Unfit
from mediation.case.mailing import choose_mail, chose_mail
from mediation.case.queries import HIDDEN, visible_case
from mediation.privacy import commands
from mediation.privacy.commands import opened_reason
from mediation.privacy.queries import consents_of, log_of, stands, visible_permit
from mediation.privacy.rules import MINUTES, SECONDS, Standing, can_ask
from web.forms import Filled, read
from web.mediation.privacy.forms import DecideForm, GlassForm, MailForm
from web.mediation.privacy.view import contents, is_party, permits_in
from web.mediation.privacy.words import ACTS, METHODS, OTHER
from web.page import done, page, url_for
from web.person import now, signed_in

HERE = "mediation/privacy"
BLANK: Filled[Any] = Filled({}, None, {})


async def log(request: Request) -> Response:
    """Show who opened what of a case, when and what for."""
    at = now(request)
    kept = await log_of(signed_in(request), request.path_params["code"], at=at)
    view = {"case": kept.case, "entries": kept.entries, "permits": permits_in(kept, at), "inside": is_party(kept.seats)}
    return await page(request, f"{HERE}/access.html", view | {"asks": bool(can_ask(kept.seats, kept.case.state))})


async def form(request: Request) -> Response:
    """Show the form that asks to open something."""
    return await _form(request, BLANK)


async def ask(request: Request) -> Response:
    """Ask that something be opened."""
    me, at, code, filled = signed_in(request), now(request), request.path_params["code"], await read(request, GlassForm)
    if filled.data is None:
        return await _form(request, filled)
    data = filled.data
    given = {"minutes": data.minutes, "basis": data.basis, "reason": data.reason}
    try:
        permit = await commands.ask(code, data.thing, **given, by=me, at=at)  # type: ignore[arg-type]
    except Unfit as wrong:
        return await _form(request, filled.with_error(wrong))
    return done(url_for("glass", permit=permit.code))


async def _form(request: Request, filled: Filled[GlassForm]) -> Response:
    case, seats = await visible_case(signed_in(request), request.path_params["code"], at=now(request))
    things = can_ask(seats, case.state)
    if not things:
        raise Hidden(HIDDEN)
    view = {"case": case, "things": things, "minutes": MINUTES, "form": filled}
    return await page(request, f"{HERE}/ask.html", view, status=422 if filled.errors else 200)


async def permit(request: Request) -> Response:
    """Show one wish to open something, to who asked it and to whoever may answer."""
    return await _permit(request, BLANK)


async def decide(request: Request) -> Response:
    """Answer as the second person."""
    me, at, filled = signed_in(request), now(request), await read(request, DecideForm)
    if filled.data is None:
        return await _permit(request, filled)
    code = request.path_params["permit"]
    await commands.decide(code, granted=filled.data.answer == "yes", by=me, at=at)
    return done(url_for("glass", permit=code))


async def look(request: Request) -> Response:
    """Show what was opened; that it was read is on the log."""
    found = await commands.look(request.path_params["permit"], by=signed_in(request), at=now(request))
    view = {"permit": found, "case": found.case, "parts": await contents(found)}
    response = await page(request, f"{HERE}/opened.html", view)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _permit(request: Request, filled: Filled[DecideForm]) -> Response:
    me, at = signed_in(request), now(request)
    found, seats = await visible_permit(me, request.path_params["permit"], at=at)
    stand, mine = stands(found, at), found.asked_by_id == me.id
    view = {
        "permit": found,
        "case": found.case,
        "standing": stand,
        "reason": opened_reason(found.case, found),
        "reads": mine and stand is Standing.OPEN,
        "decides": not mine and stand is Standing.ASKED and bool(seats & SECONDS),
        "form": filled,
    }
    return await page(request, f"{HERE}/permit.html", view, status=422 if filled.errors else 200)


async def consents(request: Request) -> Response:
    """Show a party what they said yes or no to."""
    case, agreed = await consents_of(signed_in(request), request.path_params["code"], at=now(request))
    rows = [(each, ACTS.get(each.act, OTHER), METHODS.get(each.method, each.method)) for each in agreed]
    mail = await chose_mail(signed_in(request), case, at=now(request))
    return await page(request, f"{HERE}/consents.html", {"case": case, "rows": rows, "mail": mail})


async def mail(request: Request) -> Response:
    """Say whether letters about this case may go to one's mailbox."""
    code, form = request.path_params["code"], await read(request, MailForm)
    safe = bool(form.data and form.data.safe)
    await choose_mail(code, safe=safe, by=signed_in(request), at=now(request))
    return done(url_for("case-consents", code=code))


routes = [
    Route("/cases/{code}/access", log, name="case-access"),
    Route("/cases/{code}/consents", consents, name="case-consents"),
    Route("/cases/{code}/consents", mail, methods=["POST"]),
    Route("/cases/{code}/glass", form, name="case-glass"),
    Route("/cases/{code}/glass", ask, methods=["POST"]),
    Route("/glass/{permit}", permit, name="glass"),
    Route("/glass/{permit}", decide, methods=["POST"]),
    Route("/glass/{permit}/opening", look, methods=["POST"], name="glass-opening"),
]
