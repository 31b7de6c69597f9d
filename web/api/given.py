"""Reading what a program gave: text made safe to keep, then checked against the declared type."""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.forms import Filled, Form, Mistake, check
from web.text import clean
from web.words import N_

NO_OBJECT: Final = N_("请求的内容要是一个 JSON 对象，请检查后再发。")


class Misfit(Exception):
    """What was given does not fit its declaration; the mistakes by field."""

    def __init__(self, mistakes: Mapping[str, Mistake]) -> None:
        super().__init__()
        self.mistakes = mistakes


def query_of(request: Request) -> dict[str, object]:
    """Return what stands behind the question mark; of a name given twice, the last."""
    return {name: plain(value) for name, value in request.query_params.items()}


def json_of(raw: bytes) -> dict[str, object]:
    """Return the object in a body; an empty body is an empty object.

    Raises:
        HTTPException: it is no JSON (400).
        Misfit: it is no object.
        Unfit: it holds control characters or broken code points.
    """
    if not raw.strip():
        return {}
    try:
        given = plain(json.loads(raw))
    except (ValueError, RecursionError) as wrong:
        raise HTTPException(400) from wrong
    if not isinstance(given, dict):
        raise Misfit({"body": Mistake(NO_OBJECT)})
    return given


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return ``value`` with all its text made safe to keep."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {clean(str(name)): plain(each) for name, each in value.items()}
    return value


def checked(form: type[Form], given: Mapping[str, object]) -> Form:
    """Return ``given`` as its declared type, or raise `Misfit` with every mistake."""
    filled: Filled[Form] = check(form, given)
    if filled.data is None:
        raise Misfit(filled.errors)
    return filled.data
