"""Reading a submitted form into a typed model, keeping what was typed when it is wrong."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Final, Generic, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from community.errors import Unfit
from web.text import clean
from web.words import N_

PLAIN: Final = "application/x-www-form-urlencoded"
FIELDS: Final = 400

T = TypeVar("T", bound="Form")
Handler = Callable[[Request], Awaitable[Response]]


class Form(BaseModel):
    """Base of all forms: text is trimmed, unknown fields are refused."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field: a sentence (a message id) and its numbers."""

    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled(Generic[T]):
    """A form as submitted: ``data`` when it is right, else ``errors`` by field name."""

    typed: Mapping[str, object]
    data: T | None
    errors: Mapping[str, Mistake]

    def value(self, name: str, default: object = "") -> object:
        """Return what was typed into a field."""
        return self.typed.get(name, default)

    def with_error(self, why: Unfit) -> "Filled[T]":
        """Return the form with a refusal of the domain put beside its field."""
        name = why.field or "form"
        return Filled(self.typed, None, {**self.errors, name: Mistake(why.reason, why.facts)})


# pydantic's error type -> a sentence that mends
MISTAKES: Final = {
    "missing": N_("这一项还没有填。"),
    "string_too_short": N_("这一项太短了，至少写 {min_length} 个字。"),
    "string_too_long": N_("这一项太长了，最多 {max_length} 个字。"),
    "string_pattern_mismatch": N_("这一项的写法不对，请照着提示再填一次。"),
    "enum": N_("请从给出的选项里选一个。"),
    "literal_error": N_("请从给出的选项里选一个。"),
    "int_parsing": N_("这里要填一个整数。"),
    "int_from_float": N_("这里要填一个整数。"),
    "greater_than": N_("数字要大于 {gt}。"),
    "greater_than_equal": N_("数字不能小于 {ge}。"),
    "less_than_equal": N_("数字不能大于 {le}。"),
    "date_from_datetime_parsing": N_("日期请写成 2026-05-04 这样。"),
    "date_parsing": N_("日期请写成 2026-05-04 这样。"),
    "datetime_from_date_parsing": N_("时间请写成 2026-05-04T20:00 这样。"),
    "datetime_parsing": N_("时间请写成 2026-05-04T20:00 这样。"),
    "bool_parsing": N_("请选“是”或“否”。"),
    "extra_forbidden": N_("表单里多了一项不认识的内容，请刷新页面后再填。"),
}
UNCLEAR: Final = N_("这一项看不明白，请照着提示再填一次。")


async def read(request: Request, form: type[T]) -> Filled[T]:
    """Read the request body as ``form``. Empty inputs count as absent; several values make a list."""
    typed: dict[str, object] = {}
    errors: dict[str, Mistake] = {}
    body = await _sent(request)
    for key in dict.fromkeys(body.keys()):
        values = [_tidy(key, value, errors) for value in body.getlist(key)]
        typed[key] = values if len(values) > 1 or _many(form, key) else values[0]
    given = {key: value for key, value in typed.items() if value not in ("", [""])}
    if errors:
        return Filled(typed, None, errors)
    return check(form, given, typed)


async def _sent(request: Request) -> FormData:
    """Return what was sent. A form without files is short and in memory, so it is read in one piece."""
    if request.headers.get("content-type") != PLAIN:
        return await request.form(max_files=20, max_fields=FIELDS)
    body = (await request.body()).decode("latin-1")
    if body.count("&") >= FIELDS:
        raise HTTPException(400)
    return FormData(list[tuple[str, str | UploadFile]](parse_qsl(body, keep_blank_values=True)))


def with_files(handler: Handler) -> Handler:
    """Close the files of a submitted form once ``handler`` has answered."""

    @wraps(handler)
    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        finally:
            await request.close()

    return run


def check(form: type[T], given: Mapping[str, object], typed: Mapping[str, object] | None = None) -> Filled[T]:
    """Check ``given`` against ``form`` and collect every mistake."""
    shown = given if typed is None else typed
    try:
        return Filled(shown, form.model_validate(given), {})
    except ValidationError as wrong:
        found = wrong.errors(include_url=False)
        mistakes = {str(e["loc"][0]) if e["loc"] else "form": _mistake(e["type"], e.get("ctx", {})) for e in found}
        return Filled(shown, None, mistakes)


def _mistake(kind: str, context: Mapping[str, object]) -> Mistake:
    plain = {key: value for key, value in context.items() if isinstance(value, int | str)}
    if kind == "value_error":
        return Mistake(str(context.get("error", UNCLEAR)))
    return Mistake(MISTAKES.get(kind, UNCLEAR), plain)


def _tidy(key: str, value: str | UploadFile, errors: dict[str, Mistake]) -> object:
    if not isinstance(value, str):
        return value
    try:
        return clean(value, field=key).strip()
    except Unfit as wrong:
        errors[key] = Mistake(wrong.reason)
        return "".join(c for c in value if c.isprintable() or c == "\n")


def _many(form: type[Form], key: str) -> bool:
    known = form.model_fields.get(key)
    return known is not None and str(known.annotation).startswith(("list", "tuple", "set", "frozenset"))
