"""How refusals look. Domain code raises; only this module knows status codes."""

import logging
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from tortoise.exceptions import OperationalError, ValidationError

from community.errors import Forbidden, Hidden, MovedOn, Refused, TooOften, Unfit
from web.locale import say
from web.page import page, prefs_of, wants_fragment
from web.words import N_

log = logging.getLogger(__name__)

STATUS: Final[dict[type[Refused], int]] = {Hidden: 404, Forbidden: 403, MovedOn: 409, Unfit: 422, TooOften: 429}

_SENTENCES: Final = {
    400: N_("这个请求没有写完整，请返回上一页再试一次。"),
    403: N_("这个请求不是从本站发出的，没有办理。请回到首页重新打开再试。"),
    404: N_("没有找到这一页。可能地址抄错了，也可能您还没有权限看。"),
    405: N_("这个地址不能这样用，请从页面上的按钮办理。"),
    422: N_("有一项太长了，或者数字太大。请改短一些再试。"),
    413: N_("发来的内容太大了，请分几次发，或者把照片压小一些。"),
    500: N_("系统出了点问题，您刚才填的没有办成。请稍后再试，或者打电话给居委会。"),
}


DOES_NOT_FIT: Final = (ValidationError, OverflowError, OperationalError)
"""What the database layer raises when a text or a number is larger than its column, even in a question."""


class SignInNeeded(Exception):
    """Nobody is signed in where somebody must be."""


class SecondFactorNeeded(Exception):
    """The person is signed in but has to confirm with a one-time code first."""


async def refused(request: Request, why: Exception) -> Response:
    """Show why, as a page, a notice for htmx, or a problem document for the API."""
    assert isinstance(why, Refused)  # noqa: S101 - Starlette types every handler as taking Exception
    status = next((code for kind, code in STATUS.items() if isinstance(why, kind)), 400)
    response = await answer(request, status, say(prefs_of(request).lang, why.reason, **why.facts))
    if isinstance(why, TooOften):
        response.headers["Retry-After"] = str(why.facts.get("seconds", 60))
    return response


async def http_error(request: Request, why: Exception) -> Response:
    """Show what Starlette itself refused."""
    assert isinstance(why, HTTPException)  # noqa: S101
    sentence = _SENTENCES.get(why.status_code, _SENTENCES[400])
    response = await answer(request, why.status_code, say(prefs_of(request).lang, sentence))
    response.headers.update(why.headers or {})
    return response


async def does_not_fit(request: Request, why: Exception) -> Response:
    """Say that something is longer or larger than its place: no such page, or a form to mend."""
    if isinstance(why, OperationalError) and not str(why).startswith("invalid input for query argument"):
        raise why  # PostgreSQL's driver says so; everything else is a fault of ours
    status = 404 if request.method in ("GET", "HEAD") else 422
    return await answer(request, status, say(prefs_of(request).lang, _SENTENCES[status]))


async def crashed(request: Request, _why: Exception) -> Response:
    """Say sorry without a word about the inside; the log has the rest."""
    return await answer(request, 500, say(prefs_of(request).lang, _SENTENCES[500]))


async def sign_in_needed(request: Request, _why: Exception) -> Response:
    """Send the visitor to the sign-in page and remember where they were going."""
    return _go(request, "/sign-in")


async def second_factor_needed(request: Request, _why: Exception) -> Response:
    """Send the person to the one-time code page and remember where they were going."""
    return _go(request, "/second-factor")


def _go(request: Request, path: str) -> Response:
    back = request.url.path if request.method == "GET" else "/"
    if wants_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": f"{path}?next={back}"})
    return RedirectResponse(f"{path}?next={back}", status_code=303)


async def answer(request: Request, status: int, message: str) -> Response:
    """Answer with ``message`` in the form the asker can use."""
    if is_api(request):
        return problem(status, message)
    view = {"status": status, "message": message, "advice": "", "kind": "bad"}
    response = await page(request, "refused.html", view, fragment="_notice.html", status=status)
    if wants_fragment(request):
        response.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    return response


def is_api(request: Request) -> bool:
    """Return whether a program asks, not a person."""
    return request.url.path.startswith("/api/")


def problem(status: int, detail: str, **more: object) -> Response:
    """Return a problem document (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, media_type="application/problem+json")
