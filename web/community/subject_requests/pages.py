"""My own data: what I may ask and have asked; the desk of those who answer; the window."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.people.roles import places_where
from community.rights import Right
from community.subject_requests import commands, queries
from community.subject_requests.models import SubjectRequest
from community.subject_requests.rules import ARTICLES, AT_WINDOW, CONTACT, NAME, WORDS, Kind, Outcome, Standing
from web.community.subject_requests.forms import AnswerForm, AskForm, WindowForm
from web.community.subject_requests.own_copy import copy_of
from web.community.subject_requests.words import WHAT
from web.forms import Filled, read
from web.page import done, page, url_for
from web.person import now, signed_in

HERE: Final = "community/subject_requests"
EMPTY: Final[Filled[Any]] = Filled({}, None, {})
LIMITS: Final = {"most": WORDS, "name_most": NAME, "contact_most": CONTACT}


async def mine(request: Request) -> Response:
    """Show what I asked, and offer to ask."""
    return await _mine(request, EMPTY)


async def ask(request: Request) -> Response:
    """Ask for something about my own data."""
    filled = await read(request, AskForm)
    if filled.data is None:
        return await _mine(request, filled)
    try:
        row = await commands.ask(filled.data.kind, filled.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _mine(request, filled.with_error(why))
    return done(url_for("information-request", code=row.code))


async def _mine(request: Request, filled: Filled[Any]) -> Response:
    me = signed_in(request)
    view = {"rows": await queries.mine(me), "filled": filled, "kinds": list(Kind), "what": WHAT, **LIMITS}
    return await page(request, f"{HERE}/mine.html", view, status=422 if filled.errors else 200)


async def copy(request: Request) -> Response:
    """Hand out a copy of my own data."""
    own = await copy_of(signed_in(request), at=now(request))
    headers = {"Content-Disposition": 'attachment; filename="heyi-my-data.json"', "Cache-Control": "no-store"}
    return JSONResponse(own, headers=headers)


async def show(request: Request) -> Response:
    """Show a request with its answer, to whom it is about, who took it in and who answers."""
    return await _show(request, EMPTY)


async def answer(request: Request) -> Response:
    """Answer a request."""
    filled, code = await read(request, AnswerForm), request.path_params["code"]
    if filled.data is None:
        return await _show(request, filled)
    try:
        await commands.answer(code, filled.data.outcome, filled.data.words, by=signed_in(request), at=now(request))
    except Unfit as why:
        return await _show(request, filled.with_error(why))
    return done(url_for("information-request", code=code))


async def _show(request: Request, filled: Filled[Any]) -> Response:
    me, at = signed_in(request), now(request)
    row = await queries.visible(me, request.path_params["code"], at=at)
    mine_ = row.person_id == me.id
    answers = await queries.answers(me, row, at=at)
    waits = row.state is Standing.ANSWERED and row.person_id is None and row.sent_at is None
    view = {
        "row": row,
        "told": commands.words_of(row),
        "article": ARTICLES[row.kind],
        "mine": mine_,
        "answers": answers and row.state is Standing.OPEN,
        "may_hand": waits and (answers or row.taken_by_id == me.id),
        "may_end": mine_ and (row.state is Standing.OPEN or _limits(row)),
        "outcomes": list(Outcome),
        "filled": filled,
        "today": local_day(at),
        **LIMITS,
    }
    return await page(request, f"{HERE}/show.html", view, status=422 if filled.errors else 200)


def _limits(row: SubjectRequest) -> bool:
    granted = row.outcome in (Outcome.GRANTED, Outcome.PART)
    return row.kind is Kind.RESTRICT and row.state is Standing.ANSWERED and granted


async def end(request: Request) -> Response:
    """Take my own request back, or lift a restriction."""
    await commands.withdraw(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("information-request", code=request.path_params["code"]))


async def handed_over(request: Request) -> Response:
    """Note that the answer reached somebody without an account."""
    await commands.handed_over(request.path_params["code"], by=signed_in(request), at=now(request))
    return done(url_for("information-request", code=request.path_params["code"]))


async def desk(request: Request) -> Response:
    """List what waits for an answer, and what one took in at the window."""
    me, at = signed_in(request), now(request)
    answers_in = await places_where(me, Right.SUBJECT_ANSWER, at=at)
    takes_in = await places_where(me, Right.SUBJECT_TAKE, at=at)
    if not (answers_in or takes_in):
        raise Forbidden("个人信息申请由社区的个人信息保护负责人答复，由居委会窗口登记。")
    waiting, over = await queries.queue(me, at=at) if answers_in else ([], [])
    view = {"waiting": waiting, "over": over, "taken": await queries.taken(me) if takes_in else [], "at": at}
    return await page(request, f"{HERE}/desk.html", {**view, "takes": bool(takes_in), "today": local_day(at)})


async def window(request: Request) -> Response:
    """Show the form on which a request is written down at the window."""
    await _window_in(request)
    return await _window(request, EMPTY)


async def take_in(request: Request) -> Response:
    """Write down what somebody asks at the window."""
    me, place_id = await _window_in(request)
    filled = await read(request, WindowForm)
    if filled.data is None:
        return await _window(request, filled)
    data = filled.data
    who = commands.AtWindow(name=data.name, contact=data.contact, checked=data.checked, email=data.email)
    try:
        row = await commands.ask_for(data.kind, data.words, who, place_id=place_id, by=me, at=now(request))
    except Unfit as why:
        return await _window(request, filled.with_error(why))
    return done(url_for("information-request", code=row.code))


async def _window_in(request: Request) -> tuple[Person, int]:
    me = signed_in(request)
    places = await places_where(me, Right.SUBJECT_TAKE, at=now(request))
    if not places:
        raise Forbidden("窗口登记由居委会工作人员来办。")
    return me, me.community_id if me.community_id in places else places[0]


async def _window(request: Request, filled: Filled[Any]) -> Response:
    view = {"filled": filled, "kinds": list(Kind), "what": WHAT, "ways": AT_WINDOW, **LIMITS}
    return await page(request, f"{HERE}/window.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/me/information", mine, name="my-information"),
    Route("/me/information", ask, methods=["POST"]),
    Route("/me/information/copy", copy, name="my-copy"),
    Route("/desk/information", desk, name="desk-information"),
    Route("/desk/information/new", window, name="information-window"),
    Route("/desk/information/new", take_in, methods=["POST"]),
    Route("/information/{code}", show, name="information-request"),
    Route("/information/{code}", answer, methods=["POST"]),
    Route("/information/{code}/end", end, methods=["POST"], name="information-end"),
    Route("/information/{code}/handed-over", handed_over, methods=["POST"], name="information-handed"),
]
