"""An authorisation with what was done under it, its proof, and the ways to take it back."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from community.errors import Forbidden
from community.helping import commands, queries
from community.people.roles import all_roles, roles_in_place
from community.rights import Right, may
from deliberation.aid.doing import carry_out
from deliberation.aid.undoing import take_back
from web.community.files.pages import GUARDS, disposition
from web.community.helping import calls
from web.deliberation.asking import here
from web.page import done, page
from web.person import now, signed_in

HERE: Final = "community/helping"
PRESSES: Final[Mapping[str, Callable[..., Awaitable[object]]]] = {"doing": carry_out, "undoing": take_back}
"""By the resource that is made, what is done to one errand."""


async def show(request: Request) -> Response:
    """Show an authorisation to its resident, its helper and those who check."""
    person, at = signed_in(request), now(request)
    found = await queries.authorisation(person, request.path_params["code"], at=at)
    checks = may(await roles_in_place(person, found.community_id, at=at), Right.HELP_CHECK)
    view = {
        "given": found,
        "errands": await queries.errands_of(found),
        "mine": found.resident.person_id == person.id,
        "helper": found.helper_id == person.id,
        "may_open": checks or found.resident.person_id == person.id,
        "at": at,
    }
    return await page(request, f"{HERE}/show.html", view)


async def press(request: Request) -> Response:
    """Do one errand now, or take it back."""
    person, at = signed_in(request), now(request)
    found = await queries.authorisation(person, request.path_params["code"], at=at)
    deed = PRESSES[request.url.path.rsplit("/", 1)[1]]
    await deed(request.path_params["errand"], by=person, at=at)
    return done(f"/helping/{found.code}")


async def withdraw(request: Request) -> Response:
    """Take an authorisation back."""
    code = request.path_params["code"]
    await commands.withdraw(code, by=signed_in(request), at=now(request))
    return done(f"/helping/{code}")


async def proof(request: Request) -> Response:
    """Give the proof out, and put on record who looked."""
    upload = await commands.open_proof(request.path_params["code"], by=signed_in(request), at=now(request))
    headers = {**GUARDS, "Cache-Control": "private, no-store", "Content-Disposition": disposition(upload)}
    body = request.app.state.files.get(upload.key)
    return StreamingResponse(body, media_type=upload.media_type, headers=headers)


async def mine(request: Request) -> Response:
    """List what the reader was asked to do."""
    person, at = signed_in(request), now(request)
    if not may(await all_roles(person, at=at), Right.ASSIST):
        raise Forbidden("代办要由网格员或者居委会工作人员来办。")
    return await page(request, f"{HERE}/mine.html", {"rows": await queries.given_to(person), "at": at})


async def figures(request: Request) -> Response:
    """Show how much was done with help, drawn and found true, with the seeds of the lots."""
    community = here(request)
    view = {"helping": await queries.figures(community), "lots": await queries.draws(community)}
    return await page(request, f"{HERE}/figures.html", view)


routes = [
    Route("/open/helping", figures, name="open-helping"),
    Route("/helping/{code}", show, name="helping"),
    Route("/helping/{code}/proof", proof, methods=["POST"], name="helping-proof"),
    Route("/helping/{code}/withdrawal", withdraw, methods=["POST"], name="helping-withdrawal"),
    *[
        Route(f"/helping/{{code}}/errands/{{errand}}/{noun}", press, methods=["POST"], name=f"errand-{noun}")
        for noun in PRESSES
    ],
    Route("/desk/helping", mine, name="desk-helping"),
    *calls.routes,
]
