"""One promise, and what both sides say of it: kept, not kept, taken back, looked at."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from mediation.agreement.money import parse_yuan
from mediation.agreement.queries import clause_text
from mediation.agreement.rules import HANDS, OWED
from mediation.case.access import Thing
from mediation.case.queries import visible_case
from mediation.paying import commands
from mediation.paying.commands import Said
from mediation.paying.queries import Dispute, claim_words, dispute_of, visit_words
from mediation.paying.rules import Of, open_deeds
from mediation.privacy.logging import note
from web.community.files.receive import BODY
from web.forms import Filled, read, with_files
from web.mediation.evidence.pages import ACCEPT
from web.mediation.evidence.receiving import kept
from web.mediation.paying.forms import ClaimAnswerForm, ClaimForm
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/paying"
BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def _found(request: Request) -> Dispute:
    params = request.path_params
    return await dispute_of(signed_in(request), params["code"], params["duty"], at=now(request))


async def show(request: Request) -> Response:
    """Show a promise and what was said of it."""
    return await _shown(request, BLANK)


async def _shown(request: Request, form: Filled[Any], tried: str = "") -> Response:
    me, at = signed_in(request), now(request)
    found = await _found(request)
    _, seats = await visible_case(me, found.case.code, at=at)
    await note(found.case, seats, (Thing.AGREEMENT,), by=me, at=at)
    owed = found.duty.state in OWED and found.case.state in HANDS
    view: dict[str, Any] = {"case": found.case, "duty": found.duty, "text": clause_text(found.duty.clause)}
    view |= {"claims": [_told(found, each) for each in found.claims], "accept": ACCEPT, "form": form, "tried": tried}
    view |= {"deeds": open_deeds(found.live.stage, found.who) if found.live and owed else set(), "live": found.live}
    view |= {"beside": bool(found.who), "claims_now": owed and Of.DEBTOR in found.who and not found.live}
    view |= {"rest": (found.duty.clause.amount_fen or 0) - found.duty.paid_fen if owed else 0}
    return await page(request, f"{HERE}/show.html", view, status=422 if form.errors else 200)


def _told(found: Dispute, claim: Any) -> dict[str, Any]:  # noqa: ANN401 - a claim, as the template reads it
    seen = [(each, visit_words(found.case, each)) for each in found.visits.get(claim.id, [])]
    words, answer = (claim_words(found.case, claim, column) for column in ("words", "answer"))
    return {"row": claim, "words": words, "reply": answer, "seen": seen}


@with_files
async def claim(request: Request) -> Response:
    """Say that it was kept."""
    me, at = signed_in(request), now(request)
    found = await _found(request)
    form = await read(request, ClaimForm)
    if form.data is None:
        return await _shown(request, form, "claim")
    try:
        fen = parse_yuan(form.data.amount, field="amount") if form.data.amount else None
        said = Said(done_on=form.data.done_on, words=form.data.words, fen=fen)
        async with kept(request, found.case, form.data.files) as files:
            await commands.claim(found.case.code, found.duty.code, said, files, by=me, at=at)
    except Unfit as wrong:
        why = Unfit(wrong.reason, field="files", **wrong.facts) if wrong.field == "file" else wrong
        return await _shown(request, form.with_error(why), "claim")
    return _back(request)


async def agree(request: Request) -> Response:
    """Say that it is so."""
    params = request.path_params
    await commands.agree(params["code"], params["duty"], by=signed_in(request), at=now(request))
    return _back(request)


async def withdraw(request: Request) -> Response:
    """Take it back."""
    params = request.path_params
    await commands.withdraw(params["code"], params["duty"], by=signed_in(request), at=now(request))
    return _back(request)


async def deny(request: Request) -> Response:
    """Say that it is not so."""
    return await _written(request, "deny", commands.deny)


async def visit(request: Request) -> Response:
    """Write down what was seen."""
    return await _written(request, "visit", commands.visit)


async def _written(request: Request, tried: str, do: Callable[..., Awaitable[object]]) -> Response:
    form, params = await read(request, ClaimAnswerForm), request.path_params
    if form.data is None:
        return await _shown(request, form, tried)
    try:
        await do(params["code"], params["duty"], form.data.words, by=signed_in(request), at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), tried)
    return _back(request)


def _back(request: Request) -> Response:
    return done(url_for("paying", code=request.path_params["code"], duty=request.path_params["duty"]))


ONE: Final = "/cases/{code}/agreement/promises/{duty}/claims"
routes = [
    Route(ONE, show, name="paying"),
    Route(ONE, claim, methods=["POST"], max_body_size=BODY),
    Route(f"{ONE}/agreement", agree, methods=["POST"], name="paying-agree"),
    Route(f"{ONE}/denial", deny, methods=["POST"], name="paying-deny"),
    Route(f"{ONE}/withdrawal", withdraw, methods=["POST"], name="paying-withdraw"),
    Route(f"{ONE}/visits", visit, methods=["POST"], name="paying-visit"),
]
