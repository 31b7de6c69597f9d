"""The OpenAPI 3.1 document, made from the declared calls and their types; nothing in it is written twice."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from web.api.call import ROOT, SCOPES, Answer, Call
from web.forms import Form
from web.locale import say
from web.words import N_

Node = dict[str, Any]

REF: Final = "#/components/schemas/{model}"
TITLE: Final = N_("和议开放接口")
ABOUT: Final = N_(
    "公开的内容不用令牌。替人办事要用这个人自己做的令牌（“我的 → 令牌”），权限不超过他本人。"
    "写操作可以带 Idempotency-Key：同一个键重发，只办一次，答复相同。"
)
WHEN: Final = {
    304: N_("没有变化"),
    400: N_("请求没有写完整"),
    401: N_("没有令牌，或令牌已失效"),
    403: N_("令牌或本人没有这项权限"),
    404: N_("没有，或不能让您知道有没有"),
    409: N_("别人先办了，请重新看一眼"),
    422: N_("有地方要改，见 errors"),
    429: N_("太频繁，请过一会儿再试"),
}


class Flaw(Answer):
    """One field to mend."""

    field: str
    detail: str


class Problem(Answer):
    """Why it was not done (RFC 9457), in the language of who asks."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Flaw] = Field(default_factory=list)


def document(calls: Sequence[Call], *, version: str, lang: str) -> Node:
    """Return the document of ``calls`` in ``lang``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": say(lang, TITLE), "description": say(lang, ABOUT), "version": version},
        "servers": [{"url": ROOT}],
        "paths": _paths(calls, lang),
        "components": {
            "schemas": _schemas(calls),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes(lang)}},
        },
    }


def _scopes(lang: str) -> str:
    return "\n".join(f"- `{scope}` {say(lang, text)}" for scope, text in SCOPES.items())


def _schemas(calls: Iterable[Call]) -> Node:
    """Return the schemas of all that goes in and out, by name; those of queries stand in the parameters alone."""
    models: dict[type[BaseModel], None] = {Problem: None}
    for call in calls:
        models |= {call.answer: None, call.body: None, call.query: None}
    found: Node = dict(models_json_schema([(each, "validation") for each in models], ref_template=REF)[1]["$defs"])
    hidden = {call.query.__name__ for call in calls} | {Form.__name__}
    return {name: schema for name, schema in found.items() if name not in hidden}


def _paths(calls: Iterable[Call], lang: str) -> Node:
    paths: Node = {}
    for call in calls:
        path = re.sub(r":\w+}", "}", call.path)
        paths.setdefault(path, {})[call.method.lower()] = _operation(call, lang)
    return paths


def _operation(call: Call, lang: str) -> Node:
    made: Node = {
        "operationId": call.name,
        "summary": say(lang, call.title),
        "parameters": [
            *_in_path(call.path),
            *_in_query(call.query, lang),
            *(_KEY if call.writes and call.scope else ()),
        ],
        "responses": {str(call.status): _good(call, lang), **{str(code): _bad(code, lang) for code in _codes(call)}},
        "security": [{"token": [call.scope]}] if call.scope else [],
    }
    if call.body is not Form:
        made["requestBody"] = {"required": True, "content": _json(call.body)}
    return made


_KEY: Final = (
    {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 80}},
)


def _in_path(path: str) -> list[Node]:
    found = re.findall(r"{(\w+)(?::(\w+))?}", path)
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if kind == "int" else "string"}}
        for name, kind in found
    ]


def _in_query(query: type[Form], lang: str) -> list[Node]:
    schema = query.model_json_schema(ref_template=REF)
    needed = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, **_parameter(each, lang)}
        for name, each in schema.get("properties", {}).items()
    ]


def _parameter(schema: Node, lang: str) -> Node:
    """Return one parameter; what may be left out is not null but absent."""
    about = {"description": say(lang, schema["description"])} if "description" in schema else {}
    kinds = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return {
        **about,
        "schema": {name: value for name, value in kinds[0].items() if name not in ("title", "description")},
    }


def _good(call: Call, lang: str) -> Node:
    return {"description": say(lang, call.title), "content": _json(call.answer)}


def _bad(code: int, lang: str) -> Node:
    described: Node = {"description": say(lang, WHEN[code])}
    if code != 304:  # noqa: PLR2004 - Not Modified has no body
        described["content"] = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
    return described


def _json(model: type[BaseModel]) -> Node:
    return {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}}


def _codes(call: Call) -> list[int]:
    """Return the answers besides the good one that ``call`` may give."""
    codes = {404} if "{" in call.path else set()
    codes |= {422} if call.query is not Form or call.writes else set()
    codes |= {401, 403} if call.scope else {304, 401}
    codes |= {400, 409, 429} if call.writes else set()
    return sorted(codes)
