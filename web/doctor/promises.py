"""Promises that lapsed: what somebody had to do by a day and has not done, each kind with how many and since when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.queryset import QuerySet

from community.moderation.models import Appeal
from community.moderation.states import DISPUTED
from deliberation.calls.models import Call
from deliberation.ledger.models import BallotLog, PaperWaiting
from deliberation.ledger.rules import PROMISE
from deliberation.matter.models import Matter
from deliberation.matter.states import RUNNING
from deliberation.outcome.models import Milestone, Note
from deliberation.oversight.models import ReturnAppeal
from deliberation.publicity.models import Objection, Publication
from web.clock import BEIJING
from web.doctor.finding import Finding, bad, good, warn

GRACE: Final = timedelta(minutes=10)
"""What the clock does by itself is done within this; a promise of the ledger may be broken this long by a restart."""


def overdue(at: datetime) -> Mapping[str, tuple[QuerySet[Any], str]]:
    """Return, by what it is called, the rows that are late at ``at`` and the column that says since when."""
    clocks = Matter.filter(due_at__lt=at - GRACE, state__in=list(RUNNING))
    steps = Milestone.filter(due_on__lt=at.astimezone(BEIJING).date(), done_at=None, dropped_at=None)
    return {
        "议题过了这一步的期限": (clocks, "due_at"),
        "没有答复的单位": (Call.filter(answered_at=None, due_at__lt=at), "due_at"),
        "没有答复的异议": (Objection.filter(verdict=None, answer_due__lt=at), "answer_due"),
        "没有裁定的申诉": (ReturnAppeal.filter(decided_at=None, due_at__lt=at), "due_at"),
        "没有答复的审核申诉": (_disputed(at), "due_at"),
        "没有办完的步骤": (steps, "due_on"),
        "没有答复的监督意见": (Note.filter(answered_at=None, due_at__lt=at), "due_at"),
        "到日子还缺张贴照片的公示": (Publication.filter(photos=0, ends_at__lt=at), "ends_at"),
    }


def _disputed(at: datetime) -> QuerySet[Any]:
    """Return the appeals against moderation that nobody answered and whose clock has not restored the words either."""
    return Appeal.filter(answered_at=None, due_at__lt=at - GRACE, hiding__state__in=list(DISPUTED))


async def look(at: datetime) -> list[Finding]:
    """Return what was promised and not kept at ``at``."""
    return [await _one(name, *rows) for name, rows in overdue(at).items()] + [await _ledger(at)]


async def _one(name: str, rows: QuerySet[Any], column: str) -> Finding:
    count = await rows.count()
    if not count:
        return good(name, "没有。")
    first = getattr(await rows.order_by(column).first(), column)
    day = first.astimezone(BEIJING).date() if isinstance(first, datetime) else first
    return warn(name, f"{count} 件，最早的该在 {day.isoformat()} 办完。请告诉经办的人，或者请监督委员会督办。")


async def _ledger(at: datetime) -> Finding:
    """Say whether papers handed in are under a signed checkpoint within the time that their receipts promise."""
    late = at - PROMISE - GRACE
    waiting = await PaperWaiting.filter(paper__at__lt=late).count()
    unsigned = [log for log in await BallotLog.filter(signed_at__lt=late) if log.size > log.signed]
    if waiting or unsigned:
        told = f"{waiting} 张票还没有进日志，{len(unsigned)} 本日志有叶子没有签。回执上答应的是一分钟。"
        return bad("票据日志的承诺", f"{told}信差可能没有在运行，请看日志。")
    return good("票据日志的承诺", "交来的票都按时签过了。")
