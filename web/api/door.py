"""What happens around every call: token, scope, what was given, doing it once, the answer or the problem."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from community.errors import Forbidden, Refused, TooOften, Unfit
from community.people.models import Person
from community.tokens.commands import note_use
from community.tokens.queries import bearer
from community.tokens.replies import Reply, Wish, once
from community.tokens.rules import KEY_MOST
from web.api.call import SCOPES, Ask, Call
from web.api.given import Misfit, checked, json_of, plain, query_of
from web.errors import STATUS, problem
from web.forms import Mistake
from web.locale import say
from web.page import Prefs, prefs_of
from web.person import now
from web.words import N_

OPEN: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
WRONG: Final = N_("请求里有 {n} 处要改，见 errors。")
NO_TOKEN: Final = N_("请先出示有效的访问令牌。")


class NoToken(Exception):
    """No token in force was shown where one is needed."""


def endpoint(call: Call) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler of a declared call."""

    async def handle(request: Request) -> Response:
        try:
            return _respond(request, call, await _answer(request, call))
        except NoToken:
            response = problem(401, say(_lang(request), NO_TOKEN))
            response.headers["WWW-Authenticate"] = 'Bearer realm="heyi"'
            return response
        except Misfit as wrong:
            return _misfit(_lang(request), wrong.mistakes)
        except Refused as why:
            return refused(_lang(request), why)

    return handle


async def _answer(request: Request, call: Call) -> Reply:
    person = await _person(request, call)
    raw = await request.body() if call.writes else b""
    ask = Ask(
        at=now(request),
        lang=_lang(request),
        path={name: plain(value) for name, value in request.path_params.items()},
        query=checked(call.query, query_of(request)),
        body=checked(call.body, json_of(raw)),
        trial=request.app.state.settings.development,
        house=request.app.state,
        _person=person,
    )

    async def work() -> Reply:
        return Reply(call.status, (await call.do(ask)).model_dump_json())

    key = request.headers.get("idempotency-key")
    if key is None or person is None or not call.writes:
        return await work()
    wish = Wish(person, _fit_key(key), request.url.path, hashlib.sha256(raw).hexdigest())
    return await once(wish, work, at=ask.at)


async def _person(request: Request, call: Call) -> Person | None:
    """Return whose token was shown. A session's cookie counts for nothing here."""
    shown = request.headers.get("authorization", "")
    if call.scope is None and not shown:
        return None
    kind, _, secret = shown.partition(" ")
    token = await bearer(secret.strip(), at=now(request)) if kind.lower() == "bearer" else None
    if token is None:
        raise NoToken
    _speak(request, token.person)
    if call.scope and call.scope not in token.permits:
        permit = say(_lang(request), SCOPES[call.scope])
        raise Forbidden(
            "这个令牌没有“{permit}”（{scope}）这一项。请做一个有这一项的令牌。", permit=permit, scope=call.scope
        )
    await note_use(token, at=now(request))
    return token.person


def _speak(request: Request, person: Person) -> None:
    """Answer in the language asked for, else in that of the account."""
    if "accept-language" not in request.headers:
        request.scope["state"]["prefs"] = Prefs(lang=person.lang)


def _lang(request: Request) -> str:
    return prefs_of(request).lang


def _fit_key(key: str) -> str:
    if not 1 <= len(key) <= KEY_MOST or not key.isascii() or not key.isprintable():
        raise Unfit("Idempotency-Key 要 1 到 {most} 个字母、数字或符号。", most=KEY_MOST)
    return key


def _respond(request: Request, call: Call, reply: Reply) -> Response:
    response = Response(reply.body, reply.status, media_type="application/json")
    response.headers["Content-Language"] = _lang(request)
    if reply.again:
        response.headers["Idempotency-Replayed"] = "true"
    if call.scope:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers.update(OPEN)
    return _tagged(request, response)


def _tagged(request: Request, response: Response) -> Response:
    """Let caches ask whether open data changed."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:20]}"'
    response.headers.update({"ETag": tag, "Cache-Control": "public, max-age=0, must-revalidate"})
    if tag in request.headers.get("if-none-match", ""):
        kept = {
            name: value for name, value in response.headers.items() if name not in ("content-length", "content-type")
        }
        return Response(status_code=304, headers=kept)
    return response


def refused(lang: str, why: Refused) -> Response:
    """Return a refusal of the domain as a problem document."""
    status = next((code for kind, code in STATUS.items() if isinstance(why, kind)), 400)
    detail = say(lang, why.reason, **why.facts)
    more = {"errors": [{"field": why.field, "detail": detail}]} if why.field else {}
    response = problem(status, detail, **more)
    if isinstance(why, TooOften):
        response.headers["Retry-After"] = str(why.facts.get("seconds", 60))
    return response


def _misfit(lang: str, mistakes: Mapping[str, Mistake]) -> Response:
    listed = [{"field": name, "detail": say(lang, each.reason, **each.facts)} for name, each in mistakes.items()]
    return problem(422, say(lang, WRONG, n=len(listed)), errors=listed)
