"""The letters that wait, one letter and what was done with it, and the page that the code on a letter opens."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.rights import Right, may
from mediation.case.access import Thing
from mediation.case.queries import HIDDEN, name_for, seats_of, visible_case
from mediation.letters import commands
from mediation.letters.queries import (
    CARRIES,
    OFFICE,
    addressable,
    facts_in,
    letter_in,
    letters_for,
    letters_of,
    own_letter,
    shy,
    word,
)
from mediation.letters.rules import BY_HAND, Back, Deed, How, LetterState, Proof, allows
from mediation.privacy.logging import note
from web.community.files.receive import BODY, receive
from web.forms import Filled, read
from web.mediation.letters.forms import EndForm, GoingForm
from web.mediation.letters.printed import sheet_of
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "mediation/letters"
BLANK: Final[Filled[Any]] = Filled({}, None, {})
WORKS: Final = (Right.CASE_INTAKE, Right.CASE_DIRECT, Right.CASE_MEDIATE, Right.CASE_FILE_FOR)


async def waiting(request: Request) -> Response:
    """Show the letters of the reader's cases that are not at their end."""
    me, at = signed_in(request), now(request)
    if not any(may(request.state.reader.roles, right) for right in WORKS):
        raise Forbidden("信件由受理员、调解员、负责人和代办的人看。")
    rows, seats, shown = await letters_for(me, at=at), {}, []
    for each in rows:
        if each.case_id not in seats:
            seats[each.case_id] = await seats_of(me, each.case, at=at)
        shown.append((each, name_for(seats[each.case_id], each.case, each.party)))
    groups = [(state, [pair for pair in shown if pair[0].state is state]) for state in LetterState]
    return await page(request, f"{HERE}/waiting.html", {"groups": [each for each in groups if each[1]]})


async def of_case(request: Request) -> Response:
    """Show every letter of a case, and what became of it."""
    me, at = signed_in(request), now(request)
    case, seats = await visible_case(me, request.path_params["code"], at=at)
    if not seats & CARRIES:
        raise Hidden(HIDDEN)
    rows = [(each, name_for(seats, case, each.party)) for each in await letters_of(case)]
    return await page(request, f"{HERE}/case.html", {"case": case, "rows": rows})


async def show(request: Request) -> Response:
    """Show one letter and what can be done with it."""
    return await _shown(request, BLANK)


async def _shown(request: Request, form: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    letter, seats = await letter_in(me, request.path_params["code"], at=at)
    safe, office = not shy(letter), bool(seats & OFFICE)
    view = {
        "letter": letter,
        "facts": facts_in(letter),
        "name": name_for(seats, letter.case, letter.party),
        "ways": [each for each in How if each in BY_HAND or (safe and office and allows(letter.state, Deed.SEND))],
        "can": {each.value for each in Deed if allows(letter.state, each)},
        "prints": office and addressable(seats, letter.case),
        "office": office,
        "safe": safe,
        "proofs": tuple(Proof),
        "backs": tuple(Back),
        "tracking": word(letter, "tracking"),
        "witness": word(letter, "witness"),
        "form": form,
    }
    return await page(request, f"{HERE}/one.html", view, status=422 if form.errors else 200)


async def printing(request: Request) -> Response:
    """Print one letter; who read the address is noted."""
    me, at = signed_in(request), now(request)
    letter, token = await commands.print_out(request.path_params["code"], by=me, at=at)
    seats = await seats_of(me, letter.case, at=at)
    await note(letter.case, seats, [Thing.IDENTITY], by=me, at=at)
    return await sheet_of(request, letter, token)


async def went(request: Request) -> Response:
    """Take how a letter went."""
    me, code, form = signed_in(request), request.path_params["code"], await read(request, GoingForm)
    if form.data is None:
        return await _shown(request, form)
    try:
        await commands.go(code, form.data.going(), by=me, at=now(request))
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong))
    return done(url_for("letter", code=code))


async def ended(request: Request) -> Response:
    """Take what became of a letter."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    form = await read(request, EndForm)
    if form.data is None:
        return await _shown(request, form)
    if form.data.end == "back":
        await commands.come_back(code, form.data.why, by=me, at=at)
    else:
        await (commands.arrive if form.data.end == "arrived" else commands.drop)(code, by=me, at=at)
    return done(url_for("letter", code=code))


async def card(request: Request) -> Response:
    """Take the scan of the signed card of a visit."""
    me, at, code = signed_in(request), now(request), request.path_params["code"]
    await letter_in(me, code, at=at)
    try:
        async with request.form(max_files=1, max_fields=5) as form:
            upload = await receive(request, form.get("file"), by=me)
        await commands.keep_card(code, upload.code, by=me, at=at)
    except Unfit as wrong:
        return await _shown(request, BLANK.with_error(wrong))
    return done(url_for("letter", code=code))


async def here(request: Request) -> Response:
    """Show what a letter says to whoever holds it, without an account."""
    letter = await own_letter(request.path_params["code"])
    response = await page(request, f"{HERE}/here.html", {"letter": letter, "facts": facts_in(letter)})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def confirm(request: Request) -> Response:
    """Note that it arrived."""
    code = request.path_params["code"]
    await commands.confirm(code, at=now(request))
    return done(url_for("letter-here", code=code))


routes = [
    Route("/letters", waiting, name="letters"),
    Route("/letters/{code}", show, name="letter"),
    Route("/letters/{code}/print", printing, methods=["POST"], name="letter-print"),
    Route("/letters/{code}/going", went, methods=["POST"], name="letter-going"),
    Route("/letters/{code}/end", ended, methods=["POST"], name="letter-end"),
    Route("/letters/{code}/card", card, methods=["POST"], name="letter-card", max_body_size=BODY),
    Route("/cases/{code}/letters", of_case, name="case-letters"),
    Route("/l/{code}", here, name="letter-here"),
    Route("/l/{code}", confirm, methods=["POST"]),
]
