"""Another mailbox for an account, and its end: both want proof of who asks."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import MovedOn, Unfit
from community.people import closing, moving
from community.people.leaving import bars_for
from community.people.proof import proven, send_code, ways
from community.people.rules import Method
from web.community.people.cookie import host, unbake
from web.community.people.forms import CloseForm, MoveForm
from web.community.people.sign_in import gone
from web.forms import Filled, read
from web.page import done, page, url_for
from web.person import maybe, now, signed_in

BLANK: Final[Filled[Any]] = Filled({}, None, {})


async def mailbox(request: Request) -> Response:
    """Ask for the new mailbox."""
    return await _asked(request, "mailbox.html", BLANK)


async def ask(request: Request) -> Response:
    """Send a link to the new mailbox; the answer is the same for every address."""
    me, filled = signed_in(request), await read(request, MoveForm)
    if filled.data is None:
        return await _asked(request, "mailbox.html", filled)
    given = filled.data
    try:
        async with proven(moving.ABOUT, given.method, given.typed, host=host(request), by=me, at=now(request)) as proof:
            await moving.ask(given.email, proof, host=host(request), by=me, at=now(request))
    except Unfit as why:
        return await _asked(request, "mailbox.html", filled.with_error(why))
    return done(f"{url_for('settings')}?done=move-asked")


async def link(request: Request) -> Response:
    """Show what a mailed link would do; it does nothing by itself."""
    found = await moving.wanted(request.path_params["token"], at=now(request))
    if found is None:
        return await gone(request, url_for("my-mailbox"))
    return await page(request, "community/people/mailbox_link.html", {"email": found.email})


async def move(request: Request) -> Response:
    """Take the mailbox."""
    me, session = maybe(request), request.state.session
    found = await moving.wanted(request.path_params["token"], at=now(request))
    own = session.id if me and found and found.link.person_id == me.id else None
    try:
        await moving.move(request.path_params["token"], keep_session=own, at=now(request))
    except MovedOn:
        return await gone(request, url_for("my-mailbox"))
    return done(f"{url_for('settings')}?done=moved")


async def end(request: Request) -> Response:
    """Say what closing an account means, and ask whether it is meant."""
    return await _asked(request, "close.html", BLANK, bars=await _bars(request))


async def close(request: Request) -> Response:
    """Close the account."""
    me, filled = signed_in(request), await read(request, CloseForm)
    if filled.data is None:
        return await _asked(request, "close.html", filled, bars=await _bars(request))
    given = filled.data
    try:
        _meant(given)
        about, at = closing.ABOUT, now(request)
        async with proven(about, given.method, given.typed, host=host(request), by=me, at=at) as proof:
            await closing.close(proof, by=me, at=at)
    except Unfit as why:
        return await _asked(request, "close.html", filled.with_error(why), bars=await _bars(request))
    return unbake(done(url_for("account-closed")), request)


def _meant(given: CloseForm) -> None:
    if not given.sure:
        raise Unfit("请先勾选，表示您明白注销以后登录不了。", field="sure")


async def closed(request: Request) -> Response:
    """Say that an account was closed."""
    return await page(request, "community/people/closed.html", {})


async def mail_code(request: Request) -> Response:
    """Mail the reader a code for one of the two."""
    about = {"my-mailbox-code": moving.ABOUT, "my-end-code": closing.ABOUT}[request.scope["route"].name]
    await send_code(about, host=host(request), by=signed_in(request), at=now(request))
    back = url_for("my-mailbox" if about == moving.ABOUT else "my-end")
    return done(f"{back}?way={Method.MAIL}&sent=1")


async def _bars(request: Request) -> list[str]:
    return await bars_for(signed_in(request), at=now(request))


async def _asked(request: Request, name: str, filled: Filled[Any], **more: object) -> Response:
    me = signed_in(request)
    open_ = ways(me)
    wanted = filled.typed.get("method") or request.query_params.get("way", "")
    view = {
        "form": filled,
        "ways": open_,
        "way": next((each for each in open_ if each == wanted), open_[0]),
        "sent": request.query_params.get("sent", ""),
        **more,
    }
    return await page(request, f"community/people/{name}", view, status=422 if filled.errors else 200)


routes = [
    Route("/me/email", mailbox, name="my-mailbox"),
    Route("/me/email", ask, methods=["POST"]),
    Route("/me/email/code", mail_code, methods=["POST"], name="my-mailbox-code"),
    Route("/email/{token}", link, name="mailbox-by"),
    Route("/email/{token}", move, methods=["POST"]),
    Route("/me/end", end, name="my-end"),
    Route("/me/end", close, methods=["POST"]),
    Route("/me/end/code", mail_code, methods=["POST"], name="my-end-code"),
    Route("/closed", closed, name="account-closed"),
]
