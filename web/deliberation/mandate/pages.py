"""Lending one's vote and voting for others: the principal, the agent, and the clerk who reads the paper."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.people.proof import proven, send_code, ways
from community.people.roles import require_in_place
from community.people.rules import Method
from community.rights import Right
from deliberation.ballot import queries as ballots
from deliberation.ballot.models import Ballot, BallotState
from deliberation.ballot.votes import Choice
from deliberation.mandate import commands, queries
from deliberation.mandate.commands import Lent
from web.community.files.receive import BODY, receive
from web.community.people.cookie import host
from web.deliberation.ballot.reading import shown_to
from web.deliberation.mandate.forms import CounterForm, GiveForm, WithdrawForm
from web.forms import Filled, read, with_files
from web.page import done, page
from web.person import now, signed_in

EMPTY: Final[Filled[Any]] = Filled({}, None, {})
OPEN: Final = (BallotState.WAITING, BallotState.OPEN)


async def _ballot(request: Request) -> Ballot:
    """Return the ballot with its body's place, which says what is allowed."""
    return await ballots.find(request.path_params["id"])


def _about(ballot: Ballot) -> str:
    return f"mandate-ballot-{ballot.id}"


async def mine(request: Request) -> Response:
    """Show whom the reader sends, and for whom the reader votes."""
    return await _mine(request, await _ballot(request), EMPTY)


async def _mine(request: Request, ballot: Ballot, filled: Filled[Any], *, form: str = "give") -> Response:
    person = signed_in(request)
    lent = await queries.lent_by(person, ballot)
    taken = {each.head_id for each in lent}
    open_ = ways(person)
    wanted = request.query_params.get("way", str(filled.value("method")))
    view = {
        "ballot": ballot,
        "text": await shown_to(person, ballot),
        "rule": commands.rule_of(ballot),
        "heads": [one for one in await ballots.mine(person, ballot) if one.head_id not in taken],
        "lent": lent,
        "held": await queries.lent_to(person, ballot),
        "choices": list(Choice),
        "ways": open_,
        "way": next((each for each in open_ if each == wanted), open_[0]),
        "sent": request.query_params.get("sent", ""),
        "runs": ballot.state in OPEN and now(request) < ballot.closes_at,
        "open": ballot.state is BallotState.OPEN and now(request) < ballot.closes_at,
        "filled": filled,
        "form": form,
    }
    return await page(request, "deliberation/mandate/mine.html", view, status=422 if filled.errors else 200)


async def _agent(email: str) -> Person:
    """Return whom a mailbox belongs to, or raise `Unfit`."""
    agent = await Person.get_or_none(email=email.strip().lower(), closed_at=None)
    if agent is None:
        raise Unfit("没有找到用这个邮箱登记的邻居，请和受托人核对。", field="agent")
    return agent


async def give(request: Request) -> Response:
    """Lend one's own voice."""
    ballot, by, filled = await _ballot(request), signed_in(request), await read(request, GiveForm)
    if filled.data is None:
        return await _mine(request, ballot, filled)
    given = filled.data
    try:
        lent = Lent(head_id=given.head, agent=await _agent(given.agent), instruction=given.instruction)
        async with proven(
            _about(ballot), given.method, given.typed, host=host(request), by=by, at=now(request)
        ) as proof:
            await commands.give(ballot.id, lent, proof, by=by, at=now(request))
    except Unfit as why:
        return await _mine(request, ballot, filled.with_error(why))
    return done(f"/ballots/{ballot.id}/mandates")


async def ask_code(request: Request) -> Response:
    """Mail the reader a code for lending their voice."""
    ballot = await _ballot(request)
    await send_code(_about(ballot), host=host(request), by=signed_in(request), at=now(request))
    return done(f"/ballots/{ballot.id}/mandates?way={Method.MAIL}&sent=1")


async def withdraw(request: Request) -> Response:
    """Withdraw a mandate."""
    filled = await read(request, WithdrawForm)
    why = filled.data.why if filled.data else ""
    found = await commands.withdraw(request.path_params["code"], why=why, by=signed_in(request), at=now(request))
    return done(f"/ballots/{found.ballot_id}/mandates")


async def vote(request: Request) -> Response:
    """Vote for every principal chosen in one form; fields are ``choice-CODE``."""
    ballot, by = await _ballot(request), signed_in(request)
    body = await request.form(max_fields=400)
    mandates = await queries.lent_to(by, ballot)
    typed = {each.code: str(body.get(f"choice-{each.code}", "")) for each in mandates}
    choices = {code: Choice(word) for code, word in typed.items() if word in set(Choice)}
    try:
        await commands.vote(ballot.id, choices, by=by, at=now(request))
    except Unfit as why:
        return await _mine(request, ballot, Filled(typed, None, {}).with_error(why), form="vote")
    return done(f"/ballots/{ballot.id}/mandates")


async def counter(request: Request) -> Response:
    """Show the clerk all mandates of a ballot and the form for a written one."""
    return await _counter(request, await _at_counter(request), EMPTY)


async def _at_counter(request: Request) -> Ballot:
    ballot = await _ballot(request)
    await require_in_place(signed_in(request), ballot.body.place_id, Right.BALLOT_SET_UP, at=now(request))
    return ballot


async def _counter(request: Request, ballot: Ballot, filled: Filled[Any]) -> Response:
    label = request.query_params.get("home", "")[:96]
    view = {
        "ballot": ballot,
        "rule": commands.rule_of(ballot),
        "every": await queries.every(ballot),
        "home": label,
        "voices": await queries.voices(ballot, label),
        "choices": list(Choice),
        "runs": ballot.state in OPEN and now(request) < ballot.closes_at,
        "filled": filled,
    }
    return await page(request, "deliberation/mandate/counter.html", view, status=422 if filled.errors else 200)


@with_files
async def take_down(request: Request) -> Response:
    """Take a written mandate down."""
    ballot, by = await _at_counter(request), signed_in(request)
    filled = await read(request, CounterForm)
    if filled.data is None:
        return await _counter(request, ballot, filled)
    given = filled.data
    try:
        lent = Lent(head_id=given.head, agent=await _agent(given.agent), instruction=given.instruction)
        files = [(await receive(request, given.file, by=by)).code]
        await commands.take_down(ballot.id, given.voice, lent, files=files, by=by, at=now(request))
    except Unfit as why:
        return await _counter(request, ballot, filled.with_error(why))
    return done(f"/ballots/{ballot.id}/mandates/counter")


HERE: Final = "/ballots/{id:int}/mandates"
routes = [
    Route(HERE, mine, name="mandates"),
    Route(HERE, give, methods=["POST"], name="mandate-give"),
    Route(f"{HERE}/code", ask_code, methods=["POST"], name="mandate-code"),
    Route(f"{HERE}/votes", vote, methods=["POST"], name="mandate-votes"),
    Route(f"{HERE}/counter", counter, name="mandates-counter"),
    Route(f"{HERE}/counter", take_down, methods=["POST"], name="mandate-take-down", max_body_size=BODY),
    Route("/mandates/{code}/withdrawal", withdraw, methods=["POST"], name="mandate-withdrawal"),
]
