"""At the counter: a clerk who has seen somebody's papers matches the account with the roll."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Unfit
from community.people.models import Person
from community.places.matching import account_for, row_for, row_of, rows_named, waiting
from community.places.queries import community_for
from community.places.slips import confirm
from community.rights import Right
from web.community.places.forms import CounterForm
from web.forms import Filled, read
from web.page import done, page
from web.person import now, signed_in
from web.text import clean


async def queue(request: Request) -> Response:
    """List the accounts that are not matched yet."""
    community = await community_for(signed_in(request), Right.PERSON_VERIFY, at=now(request))
    view = {"community": community, "people": await waiting(community.id)}
    return await page(request, "community/places/queue.html", view)


async def counter(request: Request) -> Response:
    """Show an account, and the rows of the roll that may be the person's."""
    account = await account_for(signed_in(request), request.path_params["code"], at=now(request))
    return await _counter(request, account, Filled({}, None, {}))


async def match(request: Request) -> Response:
    """Match the account with the chosen row."""
    clerk, at = signed_in(request), now(request)
    account = await account_for(clerk, request.path_params["code"], at=at)
    filled = await read(request, CounterForm)
    if filled.data is None:
        return await _counter(request, account, filled)
    try:
        row = await row_for(clerk, filled.data.row, right=Right.PERSON_VERIFY, at=at)
        await confirm(account, row, by=clerk, at=at)
    except Unfit as why:
        return await _counter(request, account, filled.with_error(Unfit(why.reason, field="row", **why.facts)))
    return done(f"/verify/{account.code}")


async def _counter(request: Request, account: Person, filled: Filled[CounterForm]) -> Response:
    asked = request.query_params.get("name")
    name = clean(asked)[:64].strip() if asked is not None else account.name
    view = {
        "account": account,
        "form": filled,
        "row": await row_of(account),
        "name": name,
        "rows": await rows_named(account.community_id or 0, name),
    }
    return await page(request, "community/places/counter.html", view, status=422 if filled.errors else 200)


routes = [
    Route("/verify/waiting", queue, name="waiting"),
    Route("/verify/{code}", counter, name="counter"),
    Route("/verify/{code}", match, methods=["POST"]),
]
