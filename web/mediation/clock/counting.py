"""Counting a period by oneself: from which day, by which rule, and the day it ends, with the law."""

from datetime import date
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.calendar.queries import calendar_at
from mediation.case.deadlines import due_of, named
from web.mediation.clock.words import LAWS
from web.page import page
from web.words import N_

COUNTED: Final = MappingProxyType(
    {
        "D17": N_("双方一起向法院申请司法确认"),
        "D09/request": N_("收到交通事故认定书以后，申请交警调解"),
        "D08": N_("劳动争议谈不成，可以去仲裁"),
        "D26": N_("申请劳动仲裁"),
        "D27": N_("向法院起诉"),
        "D25": N_("申请法院强制执行"),
        "D28": N_("信访部门登记、转送"),
        "D14/petition": N_("信访事项转错了，提出异议"),
        "D12": N_("调解组织答复法院接不接"),
        "D13": N_("双方一起选定调解员（法院的在线调解）"),
    }
)
"""What somebody may want to count, and how one says it."""


async def count(request: Request) -> Response:
    """Count a period from a day; anybody may."""
    which, since = request.query_params.get("rule", ""), _day(request.query_params.get("from", ""))
    counted = named(which) if which in COUNTED else None
    due = due_of(counted, since, await calendar_at()) if counted and since else None
    view = {
        "options": list(COUNTED.items()),
        "which": which,
        "since": since,
        "rule": counted,
        "due": due,
        "wrong": bool(request.query_params.get("from")) and since is None,
        "laws": LAWS,
    }
    return await page(request, "mediation/clock/counting.html", view)


def _day(text: str) -> date | None:
    """Return a day of this or the neighbouring centuries that periods can be counted from."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None  # noqa: PLR2004 - far enough both ways


routes = [Route("/disputes/days", count, name="count-days")]
