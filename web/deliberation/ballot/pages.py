"""A ballot for everybody to see: what is asked, under which rule, who took part, what came of it."""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Hidden
from community.people.models import Person
from community.rights import Right, may
from deliberation.ballot import breakdown, queries
from deliberation.ballot.decide import Stage
from deliberation.ballot.models import Ballot, BallotState, Result, Vote
from deliberation.ballot.putting_off import planned
from deliberation.body.rules import PRESETS
from deliberation.ledger.queries import signed_log
from deliberation.ledger.rules import pseudonym
from deliberation.polling.queries import by_way
from deliberation.question import sides
from deliberation.question.rules import Kind
from web.deliberation.asking import number
from web.deliberation.ballot.figures import Asked, masked, points_of, shown_result, thresholds, unit_of
from web.deliberation.ballot.reading import shown_to
from web.deliberation.question.shown import Words, head_of, sheet_of, side_rows, told_in, words_of
from web.page import page
from web.paper import qr
from web.person import maybe, now


async def show(request: Request) -> Response:
    """Show what is asked, when, under which rule, and how many took part; never how they voted."""
    ballot = await queries.find(request.path_params["id"])
    person = maybe(request)
    view = {
        "ballot": ballot,
        "text": await shown_to(person, ballot),
        "turnout": await queries.turnout(ballot),
        "asked": _asked(ballot),
        "sheet": sheet_of(ballot),
        "head": head_of(ballot),
        "points": points_of(ballot),
        **await _desk(person, ballot, now(request)),
        "unit": unit_of(ballot),
        "mine": await queries.mine(person, ballot) if person else [],
        "took": breakdown.turnout_by_building(await breakdown.places(ballot)) if ballot.state in RUNNING else [],
        "cells": [],
        "open": ballot.state is BallotState.OPEN and now(request) < ballot.closes_at,
        "moves": await _moves(ballot),
        "at": now(request),
    }
    return await page(request, "deliberation/ballot/show.html", view)


def _asked(ballot: Ballot) -> list[tuple[Stage, Asked]]:
    elects = ballot.kind is not Kind.YES_NO
    return [(stage, Asked(each, elects=elects)) for stage, each in thresholds(ballot)]


async def _moves(ballot: Ballot) -> datetime | None:
    """Return when the ballot will close, where that is later than it says because the site was away."""
    running = ballot.state is BallotState.OPEN
    later = await planned(ballot) if running else ballot.closes_at
    return later if later > ballot.closes_at else None


async def _desk(person: Person | None, ballot: Ballot, at: datetime) -> dict[str, bool]:
    """Return what the reader may do for this ballot at a desk: serve it, take mandates down."""
    roles = await queries.roles_around(person, ballot, at=at) if person else frozenset()
    return {"serves": may(roles, Right.BALLOT_DELIVER), "lends": may(roles, Right.BALLOT_SET_UP)}


async def notice(request: Request) -> Response:
    """Show the notice to print and hang up, with a code that leads to the ballot."""
    ballot = await queries.find(request.path_params["id"])
    address = f"{request.app.state.settings.site_url}/ballots/{ballot.id}"
    view = {
        "ballot": ballot,
        "text": await shown_to(maybe(request), ballot),
        "asked": _asked(ballot),
        "sheet": sheet_of(ballot),
        "days": PRESETS[ballot.body.kind].notice_days,
        "points": points_of(ballot),
        "address": address.split("://", 1)[1],
        "qr": qr(address),
    }
    return await page(request, "deliberation/ballot/notice.html", view)


async def result(request: Request) -> Response:
    """Show the result on one page: each line a fraction with its article, and what was missing."""
    (ballot, row), person = await queries.find_with_result(request.path_params["id"]), maybe(request)
    if row is None:
        raise Hidden("结果还没有公布。截止以后由两位计票人计票，三天内公布。")
    entitled = await queries.may_read_names(person, ballot, at=now(request))
    names, more = await queries.named(ballot, after=number(request, "after") or 0) if entitled else ([], None)
    receipt = request.query_params.get("receipt", "")[:40]
    homes, last = await breakdown.places(ballot), await breakdown.last_papers(ballot)
    signed, mask = await signed_log(ballot.id)
    view = {
        **await _judged(request, ballot, row, exact=entitled),
        "signed": signed,
        "took": breakdown.turnout_by_building(homes),
        "cells": breakdown.choices_by_building(ballot, homes, last),
        "beside": await sides.beside(ballot, last, exact=entitled),
        "side_rows": side_rows(ballot),
        "by_way": by_way(last),
        "entitled": entitled,
        "names": _named(ballot, names, mask),
        "next": more,
        "receipt": receipt,
        "paper": await queries.by_receipt(ballot, receipt) if receipt else None,
    }
    return await page(request, "deliberation/ballot/result.html", view)


async def _judged(request: Request, ballot: Ballot, row: Result, *, exact: bool) -> dict[str, object]:
    sheet = sheet_of(ballot)
    return {
        "ballot": ballot,
        "text": await shown_to(maybe(request), ballot),
        "result": shown_result(row, exact=exact),
        "sheet": sheet,
        "told": told_in(sheet, row) if sheet else None,
        "tellings": await queries.tellings(ballot),
        "asked": Asked,
        "unit": unit_of(ballot),
    }


def _named(ballot: Ballot, names: list[tuple[Vote, set[str]]], mask: str) -> list[tuple[str, str, Vote, list[Words]]]:
    """Return a home, its pseudonym in the bundle, its vote and what it said."""
    return [
        (masked(vote.head.label), pseudonym(mask, vote.head.key), vote, [words_of(ballot, each) for each in said])
        for vote, said in names
    ]


async def result_notice(request: Request) -> Response:
    """Show the result as one page to print and hang up, with a code that leads to where it can be checked."""
    ballot, row = await queries.find_with_result(request.path_params["id"])
    if row is None:
        raise Hidden("结果还没有公布。截止以后由两位计票人计票，三天内公布。")
    address = f"{request.app.state.settings.site_url}/ballots/{ballot.id}/log"
    view = await _judged(request, ballot, row, exact=False)
    signed, _ = await signed_log(ballot.id)
    view |= {"signed": signed, "address": address.split("://", 1)[1], "qr": qr(address)}
    return await page(request, "deliberation/ballot/result_notice.html", view)


RUNNING: Final = (BallotState.OPEN, BallotState.COUNTING)

routes = [
    Route("/ballots/{id:int}", show, name="ballot"),
    Route("/ballots/{id:int}/notice", notice, name="ballot-notice"),
    Route("/ballots/{id:int}/result", result, name="ballot-result"),
    Route("/ballots/{id:int}/result/notice", result_notice, name="ballot-result-notice"),
]
