"""The sender's side of the queue: take some mails for a while, then say what became of each."""

from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F, Q

from community.notice.models import Mail, MailState
from community.notice.rules import given_up, pause
from community.record.transaction import bookkeeping

LEASE: Final = timedelta(minutes=5)


@bookkeeping
async def claim(*, at: datetime, limit: int = 20) -> list[Mail]:
    """Take the mails that are due; nobody else gets them until the lease ends, even if this sender dies."""
    due = Mail.filter(Q(state=MailState.READY, run_at__lte=at) | Q(state=MailState.LEASED, lease_until__lt=at))
    # PostgreSQL passes over rows another sender is taking; SQLite has one writer anyway.
    ids = [mail.id for mail in await due.order_by("run_at", "id").limit(limit).select_for_update(skip_locked=True)]
    if not ids:
        return []
    await Mail.filter(id__in=ids).update(state=MailState.LEASED, lease_until=at + LEASE, attempts=F("attempts") + 1)
    return await Mail.filter(id__in=ids).order_by("run_at", "id")


@bookkeeping
async def sent(mail: Mail, *, at: datetime, keep: bool = False) -> None:
    """Note that ``mail`` went out. What it said is forgotten unless ``keep`` (the outbox of a trial)."""
    held = Mail.filter(id=mail.id, state=MailState.LEASED, attempts=mail.attempts)
    await held.update(state=MailState.SENT, sent_at=at, lease_until=None, trouble="")
    if not keep:
        await Mail.filter(id=mail.id, state=MailState.SENT).update(facts="")


@bookkeeping
async def failed(mail: Mail, trouble: str, *, at: datetime, permanent: bool, luck: int) -> None:
    """Note that ``mail`` was not taken: try again later, or give it up."""
    dead = given_up(mail.attempts, permanent=permanent, age=at - mail.queued_at)
    held = Mail.filter(id=mail.id, state=MailState.LEASED, attempts=mail.attempts)
    if dead:
        await held.update(state=MailState.DEAD, lease_until=None, trouble=trouble[:80], facts="")
    else:
        later = at + pause(mail.attempts, luck)
        await held.update(state=MailState.READY, run_at=later, lease_until=None, trouble=trouble[:80])
