"""The agreement of a case as one page: what it says, who has signed, what is owed; and each of the deeds on it."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.rules import Method
from mediation.agreement import amending, by_hand, commands, performing, signing
from mediation.agreement.money import parse_yuan
from mediation.agreement.queries import in_force, near_case, readable_case
from mediation.case.access import Seat, Thing
from mediation.case.models import Case
from mediation.case.states import State
from mediation.privacy.logging import note
from web.community.people.cookie import host
from web.forms import Filled, read
from web.mediation.agreement import calendar, changes, claims, drafting
from web.mediation.agreement.forms import BeginForm, DutyForm, OwnPaperForm, PaperForm, SealForm, SignForm, SureForm
from web.mediation.agreement.printed import printed
from web.mediation.agreement.sheets import sheet_of
from web.mediation.agreement.view import view_of
from web.mediation.paying import pages as paying
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/agreement"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def show(request: Request) -> Response:
    """Show the agreement as this person may see it."""
    return await _shown(request, signed_in(request), BLANK)


async def _shown(request: Request, me: Person, filled: Filled[Any]) -> Response:
    """Answer with the page of the agreement, with what was typed wrongly on it."""
    case, seats = await near_case(me, request.path_params["code"], at=now(request))
    view = await view_of(case, seats, me, now(request))
    if view["paper"]:
        await _noted(case, seats, me, request)
    wanted = request.query_params.get("way", str(filled.value("method")))
    more = {"form": filled, "way": _way(wanted, view.get("ways", ())), "did": request.query_params.get("did", "")}
    return await page(request, f"{HERE}/show.html", {**view, **more}, status=422 if filled.errors else 200)


async def _noted(case: Case, seats: frozenset[Seat], me: Person, request: Request) -> None:
    thing = Thing.PROPOSAL if case.state is State.SIGNING else Thing.AGREEMENT
    await note(case, seats, (thing,), by=me, at=now(request))


def _way(wanted: str, open_: object) -> Method | None:
    """Return how to prove oneself: the way asked for when there is it, else the strongest."""
    methods = list(open_) if isinstance(open_, tuple) else []
    return next((each for each in methods if each == wanted), methods[0] if methods else None)


async def begin(request: Request) -> Response:
    """Begin to write down what was agreed."""
    me, filled = signed_in(request), await read(request, BeginForm)
    code = request.path_params["code"]
    try:
        await commands.begin(code, accepted=bool(filled.data and filled.data.accepted), by=me, at=now(request))
    except Unfit as why:
        return await _shown(request, me, filled.with_error(why))
    return done(url_for("agreement-draft", code=code))


async def ask_code(request: Request) -> Response:
    """Mail the reader a code for signing or sealing."""
    code = request.path_params["code"]
    await signing.ask_code(code, host=host(request), by=signed_in(request), at=now(request))
    return _back(code, "code", way=Method.MAIL)


async def sign(request: Request) -> Response:
    """Sign."""
    me, filled = signed_in(request), await read(request, SignForm)
    if filled.data is None:
        return await _shown(request, me, filled)
    code = request.path_params["code"]
    hand = signing.Hand(**filled.data.model_dump())
    try:
        await signing.sign(code, hand, host=host(request), by=me, at=now(request))
    except Unfit as why:
        return await _shown(request, me, filled.with_error(why))
    return _back(code, "signed")


async def sign_on_paper(request: Request) -> Response:
    """Write down that a party signed the printed sheet by hand or with a finger."""
    me, filled = signed_in(request), await read(request, PaperForm)
    if filled.data is None:
        return await _shown(request, me, filled)
    code, data = request.path_params["code"], filled.data
    told = {"shown": data.shown, "name": data.signed_as, "witness": data.witness}
    try:
        await by_hand.sign_on_paper(code, data.party, data.mark, **told, by=me, at=now(request))
    except Unfit as why:
        field = "signed_as" if why.field == "name" else why.field
        return await _shown(request, me, filled.with_error(Unfit(why.reason, field=field, **why.facts)))
    return _back(code, "paper")


async def sign_own(request: Request) -> Response:
    """Write down that the reader, who mediates, signed the printed sheet."""
    me, filled = signed_in(request), await read(request, OwnPaperForm)
    if filled.data is None:
        return await _shown(request, me, filled)
    code = request.path_params["code"]
    try:
        await by_hand.sign_own(code, shown=filled.data.shown, name=filled.data.own_name, by=me, at=now(request))
    except Unfit as why:
        field = "own_name" if why.field == "name" else why.field
        return await _shown(request, me, filled.with_error(Unfit(why.reason, field=field, **why.facts)))
    return _back(code, "paper")


async def take_back(request: Request) -> Response:
    """Take one's signature back."""
    code = request.path_params["code"]
    await signing.take_back(code, by=signed_in(request), at=now(request))
    return _back(code, "back")


async def seal(request: Request) -> Response:
    """Set the organisation's seal."""
    me, filled = signed_in(request), await read(request, SealForm)
    if filled.data is None:
        return await _shown(request, me, filled)
    code = request.path_params["code"]
    try:
        await signing.seal(code, **filled.data.model_dump(), host=host(request), by=me, at=now(request))
    except Unfit as why:
        return await _shown(request, me, filled.with_error(why))
    return _back(code, "sealed")


async def reopen(request: Request) -> Response:
    """Go back to talking."""
    me, filled = signed_in(request), await read(request, SureForm)
    code = request.path_params["code"]
    try:
        await commands.reopen(code, sure=_sure(filled), by=me, at=now(request))
    except Unfit as why:
        return await _shown(request, me, filled.with_error(why))
    return _back(code, "reopened")


async def refuse(request: Request) -> Response:
    """Decline to sign."""
    me, filled = signed_in(request), await read(request, SureForm)
    code = request.path_params["code"]
    if not _sure(filled):
        return await _shown(request, me, filled.with_error(Unfit("请先勾选，表示您想好了。", field="refusal")))
    await signing.refuse(code, by=me, at=now(request))
    return done(f"/cases/{code}")


def _sure(filled: Filled[SureForm]) -> bool:
    return bool(filled.data and filled.data.sure)


async def settle(request: Request) -> Response:
    """Confirm that a promise was kept, or let somebody off it."""
    me, filled = signed_in(request), await read(request, DutyForm)
    code, duty = request.path_params["code"], request.path_params["duty"]
    given = filled.data or DutyForm()
    try:
        if given.waive:
            await performing.waive(code, duty, by=me, at=now(request))
        elif given.part:
            await performing.pay_part(code, duty, parse_yuan(given.part), proof=given.proof, by=me, at=now(request))
        else:
            await performing.confirm(code, duty, proof=given.proof, by=me, at=now(request))
    except Unfit as why:
        return await _shown(
            request, me, filled.with_error(Unfit(why.reason, field=f"{_cell(given)}-{duty}", **why.facts))
        )
    return _back(code, "kept")


def _cell(given: DutyForm) -> str:
    """Return beside which field of a promise a mistake stands."""
    return "part" if given.part else "proof"


async def cure(request: Request) -> Response:
    """Go back to performance once nothing is overdue."""
    code = request.path_params["code"]
    await performing.cure(code, by=signed_in(request), at=now(request))
    return _back(code, "cured")


async def paper(request: Request) -> Response:
    """Show the agreement as a sheet to print: one copy each and one kept."""
    me = signed_in(request)
    case, seats = await readable_case(me, request.path_params["code"], at=now(request))
    await _noted(case, seats, me, request)
    return await page(request, f"{HERE}/paper.html", await sheet_of(case))


async def sheet(request: Request) -> Response:
    """Hand the agreement out as PDF, signed by the organisation where it has a certificate."""
    me = signed_in(request)
    case, seats = await readable_case(me, request.path_params["code"], at=now(request))
    await _noted(case, seats, me, request)
    return await printed(request, await sheet_of(case))


async def version(request: Request) -> Response:
    """Show an earlier wording that was in force, as a sheet; a later one never replaces it."""
    me = signed_in(request)
    case, seats = await readable_case(me, request.path_params["code"], at=now(request))
    await _noted(case, seats, me, request)
    wanted = await in_force(case, request.path_params["n"])
    return await page(request, f"{HERE}/paper.html", await sheet_of(case, wanted))


async def version_sheet(request: Request) -> Response:
    """Hand an earlier wording that was in force out as PDF."""
    me = signed_in(request)
    case, seats = await readable_case(me, request.path_params["code"], at=now(request))
    await _noted(case, seats, me, request)
    return await printed(request, await sheet_of(case, await in_force(case, request.path_params["n"])))


async def drop(request: Request) -> Response:
    """Give a supplement up."""
    code = request.path_params["code"]
    await amending.drop_supplement(code, by=signed_in(request), at=now(request))
    return _back(code, "dropped")


def _back(code: str, did: str, *, way: Method | None = None) -> Response:
    return done(f"{url_for('agreement', code=code)}?did={did}{f'&way={way}' if way else ''}")


routes = [
    Route("/cases/{code}/agreement", show, name="agreement"),
    Route("/cases/{code}/agreement", begin, methods=["POST"]),
    *drafting.routes,
    *claims.routes,
    *changes.routes,
    *calendar.routes,
    *paying.routes,
    Route("/cases/{code}/agreement/code", ask_code, methods=["POST"], name="agreement-code"),
    Route("/cases/{code}/agreement/signature", sign, methods=["POST"], name="agreement-signature"),
    Route("/cases/{code}/agreement/hand", sign_on_paper, methods=["POST"], name="agreement-hand"),
    Route("/cases/{code}/agreement/own-hand", sign_own, methods=["POST"], name="agreement-own-hand"),
    Route("/cases/{code}/agreement/taking-back", take_back, methods=["POST"], name="agreement-taking-back"),
    Route("/cases/{code}/agreement/seal", seal, methods=["POST"], name="agreement-seal"),
    Route("/cases/{code}/agreement/talks", reopen, methods=["POST"], name="agreement-talks"),
    Route("/cases/{code}/agreement/refusal", refuse, methods=["POST"], name="agreement-refusal"),
    Route("/cases/{code}/agreement/promises/{duty}", settle, methods=["POST"], name="agreement-promise"),
    Route("/cases/{code}/agreement/cure", cure, methods=["POST"], name="agreement-cure"),
    Route("/cases/{code}/agreement/paper", paper, name="agreement-paper"),
    Route("/cases/{code}/agreement/paper.pdf", sheet, name="agreement-pdf"),
    Route("/cases/{code}/agreement/versions/{n:int}", version, name="agreement-version"),
    Route("/cases/{code}/agreement/versions/{n:int}.pdf", version_sheet, name="agreement-version-pdf"),
    Route("/cases/{code}/agreement/supplement/end", drop, methods=["POST"], name="agreement-supplement-end"),
]
