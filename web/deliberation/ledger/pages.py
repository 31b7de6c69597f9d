"""The ledger of a ballot for everybody: what was signed, every leaf, proofs, and the bundle to count again from."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden
from deliberation.ballot.leak import Detail
from deliberation.ballot.models import Ballot, Result
from deliberation.ballot.queries import find, may_read_names, result_of
from deliberation.ledger import queries
from deliberation.ledger.bundle import bundle
from web.deliberation.asking import number
from web.page import page
from web.person import maybe, now
from web.words import N_

OPEN: Final = {"Access-Control-Allow-Origin": "*"}
CLOSED: Final = N_("这不是法律要求公布的决定，公开每一票会认出人来。数据包只给名册上的人和计票、监督的人下载。")
VERIFIER: Final = Path(__file__).parents[2] / "verifier.py"


async def show(request: Request) -> Response:
    """Show what was signed and how to check it."""
    ballot = await find(request.path_params["id"])
    log, result = await queries.log_of(ballot.id), await result_of(ballot)
    wanted = request.query_params.get("leaf", "")[:64]
    view = {
        "ballot": ballot,
        "log": log,
        "signed": await queries.checkpoints(ballot.id),
        "result": result,
        "open": result is not None and await _open_to(request, ballot, result),
        "leaf": wanted,
        "proof": await _proof(ballot, wanted) if wanted else None,
    }
    return await page(request, "deliberation/ledger/show.html", view)


async def _proof(ballot: Ballot, leaf: str) -> queries.Proof | None:
    try:
        return await queries.inclusion(ballot.id, leaf)
    except Hidden:
        return None


async def checkpoint(request: Request) -> Response:
    """Answer with the last checkpoint, and the text that is signed."""
    log = await queries.log_of(request.path_params["id"])
    last = await queries.latest(log.ballot_id)
    return _json(queries.told(log, last) if last else {})


async def leaves(request: Request) -> Response:
    """Answer with the leaves from ``from`` on, a thousand at a time."""
    start = number(request, "from") or 0
    found = await queries.leaves(request.path_params["id"], start=start)
    more = f"{request.url.path}?from={start + queries.PAGE}" if len(found) == queries.PAGE else None
    return _json({"from": start, "leaves": found, "next": more})


async def inclusion(request: Request) -> Response:
    """Answer with the proof that ``leaf`` is in the ledger."""
    proof = await queries.inclusion(request.path_params["id"], request.query_params.get("leaf", "")[:64])
    return _json({name: value for name, value in asdict(proof).items() if name != "sound"})


async def consistency(request: Request) -> Response:
    """Answer with the proof that the ledger of ``from`` leaves is the beginning of that of ``to``."""
    log = await queries.log_of(request.path_params["id"])
    earlier, later = number(request, "from") or 0, number(request, "to")
    later = log.signed if later is None else later
    path = await queries.consistency(log.ballot_id, earlier, later)
    return _json({"from": earlier, "to": later, "path": path})


def _json(value: Mapping[str, object]) -> Response:
    return JSONResponse(value, headers={**OPEN, "Cache-Control": "no-cache"})


async def package(request: Request) -> Response:
    """Send everything with which anybody can count a published ballot again."""
    ballot = await find(request.path_params["id"])
    result = await result_of(ballot)
    if result is None:
        raise Hidden("结果还没有公布。公布以后才有数据包。")
    if not await _open_to(request, ballot, result):
        raise Forbidden(CLOSED)
    content = await bundle(ballot, result)
    name = f'attachment; filename="heyi-ballot-{ballot.id}.zip"'
    return Response(content, media_type="application/zip", headers={"Content-Disposition": name})


async def _open_to(request: Request, ballot: Ballot, result: Result) -> bool:
    """Return whether the single votes, under pseudonyms, are for this reader (docs/decisions/0007)."""
    return result.detail is Detail.EXACT or await may_read_names(maybe(request), ballot, at=now(request))


@cache
def _verifier() -> bytes:
    return VERIFIER.read_bytes()


async def verifier(_request: Request) -> Response:
    """Send the program that checks a bundle, to be read and run elsewhere."""
    content = await asyncio.to_thread(_verifier)
    headers = {**OPEN, "Content-Disposition": 'attachment; filename="verifier.py"'}
    return Response(content, media_type="text/x-python; charset=utf-8", headers=headers)


routes = [
    Route("/ballots/{id:int}/log", show, name="ballot-log"),
    Route("/ballots/{id:int}/log/checkpoint", checkpoint, name="ballot-checkpoint"),
    Route("/ballots/{id:int}/log/leaves", leaves, name="ballot-leaves"),
    Route("/ballots/{id:int}/log/proofs/inclusion", inclusion, name="ballot-inclusion"),
    Route("/ballots/{id:int}/log/proofs/consistency", consistency, name="ballot-consistency"),
    Route("/ballots/{id:int}/bundle.zip", package, name="ballot-bundle"),
    Route("/verifier.py", verifier, name="verifier"),
]
