"""Unfinished work: what waits to be told, sealed, mailed or fired, and since when."""

from datetime import date, datetime, timedelta
from typing import Final

from community.calendar.queries import calendar_at
from community.notice.models import Mail, MailState
from community.orgs.models import Org, OrgKind
from community.record.models import Delivery
from community.timers.models import Timer
from web.clock import BEIJING
from web.doctor.finding import Finding, bad, good, warn

LATE: Final = timedelta(minutes=5)
STUCK: Final = timedelta(hours=1)
AHEAD: Final = timedelta(days=90)
SEALING: Final = (OrgKind.MEDIATION_COMMITTEE, OrgKind.RESIDENTS_COMMITTEE)


async def look(at: datetime) -> list[Finding]:
    """Return what waits at ``at``."""
    return [
        *[await _deliveries(consumer, name, at) for consumer, name in (("seal", "封链"), ("notice", "通知"))],
        await _timers(at),
        await _mails(at),
        await _dead(),
        await _custodians(),
        await _calendar(at),
    ]


async def _deliveries(consumer: str, name: str, at: datetime) -> Finding:
    due = Delivery.filter(consumer=consumer, due_at__lte=at)
    first = await due.order_by("due_at").first()
    return _lag(name, await due.count(), first.due_at if first else None, at)


async def _timers(at: datetime) -> Finding:
    due = Timer.filter(fired_at=None, try_at__lte=at)
    first = await due.order_by("due_at").first()
    return _lag("到期的事", await due.count(), first.due_at if first else None, at)


async def _mails(at: datetime) -> Finding:
    due = Mail.filter(state=MailState.READY, run_at__lte=at)
    first = await due.order_by("queued_at").first()
    return _lag("要寄的信", await due.count(), first.queued_at if first else None, at)


def _lag(name: str, count: int, since: datetime | None, at: datetime) -> Finding:
    """Say how much waits and how long; something that waits an hour has no courier."""
    if since is None:
        return good(name, "没有积压。")
    waited = max(at - since, timedelta(0))
    told = f"{count} 件在等，最早的等了 {_spell(waited)}。"
    if waited > STUCK:
        return bad(name, f"{told}信差可能没有在运行，请看日志。")
    return warn(name, told) if waited > LATE else good(name, told)


def _spell(span: timedelta) -> str:
    """Return a span in two units.

    >>> _spell(timedelta(hours=3, minutes=5)), _spell(timedelta(days=2, hours=1)), _spell(timedelta(seconds=40))
    ('3 小时 5 分', '2 天 1 小时', '0 分 40 秒')
    """
    hours, rest = divmod(int(span.total_seconds()), 3600)
    if hours >= 24:  # noqa: PLR2004 - a day
        return f"{hours // 24} 天 {hours % 24} 小时"
    return f"{hours} 小时 {rest // 60} 分" if hours else f"{rest // 60} 分 {rest % 60} 秒"


async def _dead() -> Finding:
    count = await Mail.filter(state=MailState.DEAD).count()
    return warn("退回的信", f"{count} 封寄不出去，请核对地址。") if count else good("退回的信", "没有。")


async def _custodians() -> Finding:
    orphans = await Org.filter(seal_custodian_id=None, kind__in=SEALING).order_by("id")
    if not orphans:
        return good("印章", "每个要用章的组织都有保管人。")
    names = "、".join(each.name for each in orphans[:3])
    return warn("印章", f"{len(orphans)} 个组织没有印章保管人（{names}），协议和公告盖不了章。")


async def _calendar(at: datetime) -> Finding:
    horizon: date = (await calendar_at()).horizon
    told = f"放假安排到 {horizon} 为止，再往后按暂定算。"
    short = horizon - at.astimezone(BEIJING).date() < AHEAD
    return warn("节假日表", f"{told}请导入下一年的通知（heyi import calendar）。") if short else good("节假日表", told)
