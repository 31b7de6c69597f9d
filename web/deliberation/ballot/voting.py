"""Voting: by link or signed in. Looking never votes; only a sent choice does."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from deliberation.ballot import casting, passes, queries
from deliberation.ballot.admitting import Late
from deliberation.ballot.frozen import thaw
from deliberation.ballot.models import Ballot, BallotState, Channel, Paper
from deliberation.ballot.roll import How
from deliberation.ballot.rules import Silence
from deliberation.ballot.votes import Choice
from deliberation.delivery.commands import seen
from deliberation.delivery.queries import unseen
from deliberation.ledger.queries import promised, proof_of
from deliberation.question.marks import Marks
from web.deliberation.asking import number
from web.deliberation.ballot.forms import VoteForm
from web.deliberation.ballot.reading import shown_to
from web.deliberation.ballot.words import WARNING
from web.deliberation.question.shown import head_of, sheet_of
from web.forms import Filled, read
from web.page import done, page
from web.paper import qr
from web.person import now, signed_in


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes, and whether a link let them in."""

    person: Person
    channel: Channel


def cookie(ballot_id: int) -> str:
    """Return the name of the cookie that holds a link's token."""
    return f"heyi-ballot-{ballot_id}"


async def voter(request: Request) -> Voter:
    """Return who votes: the bearer of a link that was opened here, else whoever is signed in.

    A link goes first, because somebody opened it on purpose; the page says for whom it speaks.
    """
    number_ = request.path_params["id"]
    if token := request.cookies.get(cookie(number_)):
        try:
            found = await passes.bearer(token, at=now(request))
        except Hidden:
            return Voter(signed_in(request), Channel.SITE)
        if found.ballot_id == number_:
            return Voter(found.person, Channel.LINK)
    return Voter(signed_in(request), Channel.SITE)


async def enter(request: Request) -> Response:
    """Move the token of a mail's link from the address into a cookie and go to the ballot; this votes nothing."""
    token = request.path_params["token"]
    found = await passes.bearer(token, at=now(request))
    response = done(f"/ballots/{found.ballot_id}/vote")
    response.set_cookie(
        cookie(found.ballot_id),
        token,
        path=f"/ballots/{found.ballot_id}",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.site_url.startswith("https"),
    )
    return response


async def leave(request: Request) -> Response:
    """Forget the link that was opened here."""
    number_ = request.path_params["id"]
    response = done(f"/ballots/{number_}")
    response.delete_cookie(cookie(number_), path=f"/ballots/{number_}")
    return response


async def paper(request: Request) -> Response:
    """Show the ballot with nothing chosen; where the rule says so, having it before one is being served."""
    who = await voter(request)
    answer = await _paper(request, who, Filled({}, None, {}))
    await _seen(request, who)
    return answer


async def _seen(request: Request, who: Voter) -> None:
    """Write a login down as service. A link does not count: mail programs open those by themselves."""
    ballot = await queries.find(request.path_params["id"])
    rule = thaw(ballot.rule_json)
    counts = rule.silence is not Silence.NONE and How.LOGIN in rule.served_by
    here = request.method == "GET" and who.channel is Channel.SITE and open_now(ballot, request)
    if counts and here and await unseen(who.person, ballot):
        await seen(ballot.id, by=who.person, at=now(request))


async def cast(request: Request) -> Response:
    """Hand in a choice."""
    who, filled = await voter(request), await read(request, VoteForm)
    if filled.data is None:
        return await _paper(request, who, filled, status=422)
    try:
        handed = await casting.cast(
            request.path_params["id"],
            filled.data.head,
            await _said(request, filled.data),
            by=who.person,
            at=now(request),
            channel=who.channel,
        )
    except Late:
        return await _late(request)
    except Unfit as why:
        return await _paper(request, who, filled.with_error(why), status=422)
    return done(f"/ballots/{request.path_params['id']}/receipts/{handed.receipt}")


async def _late(request: Request) -> Response:
    """Say that it is over, and ask nothing more of the database: many may hear it in the same second."""
    view = {"number": request.path_params["id"]}
    return await page(request, "deliberation/ballot/late.html", view, status=422)


async def _said(request: Request, data: VoteForm) -> Choice | Marks:
    """Return what a paper says, or raise `Unfit`; a plain choice is held against the ballot where it is handed in."""
    if data.asks == "choice" and data.choice:
        return data.choice
    return data.said(await queries.find(request.path_params["id"]))


async def _paper(request: Request, who: Voter, filled: Filled[VoteForm], *, status: int = 200) -> Response:
    ballot = await queries.find(request.path_params["id"])
    mine = await queries.mine(who.person, ballot)
    if not mine:
        raise Forbidden("您不在这次表决的名册上，或者不能代表这一户。有疑问请联系居委会。")
    view = {
        "ballot": ballot,
        "text": await shown_to(who.person, ballot),
        "mine": mine,
        "chosen": _chosen(request, mine, filled),
        "filled": filled,
        "choices": list(Choice),
        "sheet": sheet_of(ballot),
        "head": head_of(ballot),
        "link": who.channel is Channel.LINK,
        "open": open_now(ballot, request),
        "here": who.channel in ballot.ways,
        "at": now(request),
        "warning": WARNING if thaw(ballot.rule_json).silence is Silence.MAJORITY else "",
    }
    return await page(request, "deliberation/ballot/vote.html", view, status=status)


def _chosen(request: Request, mine: list[queries.Mine], filled: Filled[VoteForm]) -> queries.Mine:
    """Return the head to vote for now: the one asked for, else the first that has not voted."""
    typed = str(filled.value("head"))
    wanted = int(typed) if typed.isascii() and typed.isdigit() else number(request, "head")
    asked = [one for one in mine if one.head_id == wanted]
    return (asked or [one for one in mine if one.paper is None] or mine)[0]


def open_now(ballot: Ballot, request: Request) -> bool:
    """Return whether papers are taken at the moment of a request."""
    return ballot.state is BallotState.OPEN and now(request) < ballot.closes_at


async def receipt(request: Request) -> Response:
    """Show what was handed in, to whoever handed it in."""
    who = await voter(request)
    ballot = await queries.find(request.path_params["id"])
    found = await queries.by_receipt(ballot, request.path_params["receipt"])
    if found is None or found.by_id != who.person.id:
        raise Hidden("没有找到这张回执。")
    mine = await queries.mine(who.person, ballot)
    view = {
        "ballot": ballot,
        "sheet": sheet_of(ballot),
        "paper": found,
        "number": spaced(found),
        "left": [one for one in mine if one.paper is None and not one.others],
        "changed": found.order > 1,
        "promised": await promised(found),
        "proof": await proof_of(found),
        "qr": qr(f"{request.app.state.settings.site_url}/ballots/{ballot.id}/log"),
        "current": any(one.paper and one.paper.id == found.id for one in mine),
    }
    return await page(request, "deliberation/ballot/done.html", view)


def spaced(paper: Paper) -> str:
    """Return a receipt in groups of four, as people copy it."""
    return "-".join(paper.receipt[at : at + 4].upper() for at in range(0, len(paper.receipt), 4))


routes = [
    Route("/ballots/{id:int}/vote", cast, methods=["POST"], name="ballot-cast"),  # first: many ask for it at once
    Route("/ballots/{id:int}/vote", paper, name="ballot-vote"),
    Route("/v/{token}", enter, name="ballot-link"),
    Route("/ballots/{id:int}/leave", leave, methods=["POST"], name="ballot-leave"),
    Route("/ballots/{id:int}/receipts/{receipt}", receipt, name="ballot-receipt"),
]
