"""Pages of intake: filing, inviting, answering an invitation, accepting."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from deliberation.matter.models import Matter
from deliberation.matter.queries import text_of
from mediation.case.models import Case
from mediation.intake import commands, consent, linking, reaching
from mediation.intake.rules import Kind
from web.community.people.cookie import welcome
from web.forms import Filled, read
from web.mediation.case.showing import shown
from web.mediation.intake.forms import AnswerForm, AttemptForm, DeclineForm, FileForm, InviteForm, OralForm
from web.page import done, page, url_for
from web.person import maybe, now, signed_in
from web.text import whole

HERE = "mediation/intake"


async def fresh(request: Request) -> Response:
    """Show the filing form."""
    me, before = signed_in(request), request.query_params.get("case", "")
    begun = await linking.begun_after(before, by=me, at=now(request)) if before else await _begun(me, request)
    return await _form(request, Filled(begun, None, {}), 200)


async def report_on(request: Request) -> Response:
    """Report to the street what the other side would not talk about."""
    case = await linking.report_to_street(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("case-receipt", code=case.code))


async def _begun(me: Person, request: Request) -> dict[str, object]:
    """Return what the form begins with: the words of one's own matter when the clerk found it to be a dispute."""
    number = whole(request.query_params.get("matter", ""))
    matter = await Matter.get_or_none(id=number, author_id=me.id) if number else None
    if matter is None:
        return {}
    text = await text_of(matter)
    words = [text.title, text.what, text.body]
    return {"statement": "\n\n".join(part for part in words if part), "wish": text.what}


async def file(request: Request) -> Response:
    """File a dispute."""
    me, form = signed_in(request), await read(request, FileForm)
    if form.data is None:
        return await _form(request, form, 422)
    filing = form.data.filing(name=me.name, email=me.email)
    try:
        case = await commands.file(filing, by=me, community_id=me.community_id or 0, at=now(request))
    except Unfit as wrong:
        return await _form(request, form.with_error(wrong), 422)
    return done(url_for("case-receipt", code=case.code))


async def _form(request: Request, form: Filled[FileForm] | None, status: int) -> Response:
    view = {"form": form or Filled({}, None, {}), "kinds": list(Kind)}
    return await page(request, f"{HERE}/file.html", view, status=status)


async def invite(request: Request) -> Response:
    """Send the invitations."""
    me, form = signed_in(request), await read(request, InviteForm)
    code = request.path_params["code"]
    if form.data is None:
        return await shown(request, me, code, errors=form.errors, typed=form.typed, status=422)
    try:
        case = await _complete_and_invite(request, me, code, form.data)
    except Unfit as wrong:
        mended = form.with_error(wrong)
        return await shown(request, me, code, errors=mended.errors, typed=mended.typed, status=422)
    return done(url_for("case", code=case.code))


async def _complete_and_invite(request: Request, me: Person, code: str, data: InviteForm) -> Case:
    at = now(request)
    if data.name:
        given = {"name": data.name, "phone": data.phone, "email": data.email}
        await consent.name_respondent(code, **given, by=me, at=at)
    return await commands.invite(code, scope_ok=data.scope_ok, screened=data.screened, by=me, at=at)


async def decline(request: Request) -> Response:
    """Do not take a dispute."""
    me, form = signed_in(request), await read(request, DeclineForm)
    code = request.path_params["code"]
    if form.data is None:
        return await shown(request, me, code, errors=form.errors, typed=form.typed, status=422)
    case = await commands.decline(code, form.data.reason, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def accept(request: Request) -> Response:
    """Accept a dispute."""
    me, code = signed_in(request), request.path_params["code"]
    case = await commands.accept(code, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def withdraw(request: Request) -> Response:
    """Take an application back."""
    me, code = signed_in(request), request.path_params["code"]
    case = await consent.withdraw(code, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def heard(request: Request) -> Response:
    """Write down an answer given at the window, by phone or on a visit."""
    me, form = signed_in(request), await read(request, OralForm)
    code = request.path_params["code"]
    if form.data is None:
        return await shown(request, me, code, errors=form.errors, typed=form.typed, status=422)
    given, method = form.data.answer == "yes", form.data.method
    case = await consent.agree_in_person(code, form.data.party, given=given, method=method, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def tried(request: Request) -> Response:
    """Write down that somebody was called or visited in vain."""
    me, form = signed_in(request), await read(request, AttemptForm)
    code = request.path_params["code"]
    if form.data is None:
        return await shown(request, me, code, errors=form.errors, typed=form.typed, status=422)
    case = await reaching.attempt(code, form.data.party, way=form.data.way, by=me, at=now(request))
    return done(url_for("case", code=case.code))


async def invitation(request: Request) -> Response:
    """Show an invitation. Looking answers nothing, however often a mail scanner looks."""
    await consent.look(request.path_params["token"], at=now(request))
    return await _shown(request, Filled({}, None, {}))


async def _shown(request: Request, form: Filled[AnswerForm], *, status: int = 200) -> Response:
    """Show an invitation with what was answered so far."""
    token = request.path_params["token"]
    case, party = await consent.invited(token, at=now(request))
    view = {"case": case, "party": party, "token": token, "kind": Kind(case.type_code), "form": form}
    response = await page(request, f"{HERE}/invitation.html", view, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def answer(request: Request) -> Response:
    """Agree or refuse by an invitation link, in one tap."""
    token, form, at = request.path_params["token"], await read(request, AnswerForm), now(request)
    if form.data is None:
        return await _shown(request, form, status=422)
    if form.data.answer == "no":
        await consent.refuse(token, by=maybe(request), at=at)
        return await page(request, f"{HERE}/refused_thanks.html", {})
    case, _ = await consent.invited(token, at=at)
    if not maybe(request) and await consent.needs_account(token, at=at):
        return done(f"/sign-in?next={url_for('invitation', token=token)}")
    me = await consent.agree(token, name=form.data.name, by=maybe(request), at=at)
    to = url_for("case", code=case.code)
    return done(to) if maybe(request) else await welcome(request, me, shared=True, to=to)


routes = [
    Route("/cases/{code}/report-on", report_on, methods=["POST"], name="case-report-on"),
    Route("/disputes/new", fresh, name="dispute-new"),
    Route("/disputes", file, methods=["POST"], name="dispute-file"),
    Route("/cases/{code}/invitation", invite, methods=["POST"], name="case-invitation"),
    Route("/cases/{code}/refusal", decline, methods=["POST"], name="case-decline"),
    Route("/cases/{code}/acceptance", accept, methods=["POST"], name="case-acceptance"),
    Route("/cases/{code}/withdrawal", withdraw, methods=["POST"], name="case-withdrawal"),
    Route("/cases/{code}/answers", heard, methods=["POST"], name="case-answers"),
    Route("/cases/{code}/attempts", tried, methods=["POST"], name="case-attempts"),
    Route("/i/{token}", invitation, name="invitation"),
    Route("/i/{token}", answer, methods=["POST"], name="invitation-answer"),
]
