"""Closing one's own account: nobody signs in to it any more, and after a year it has no name.

What was decided and signed stands, and keeps whose it was as long as the law wants it kept.
Source: 个人信息保护法 15, 47; 电子商务法 24.
"""

from datetime import datetime, timedelta
from typing import Final

from community.errors import Unfit
from community.notice.mail import queue_mail
from community.people.authority import changed
from community.people.leaving import bars_for
from community.people.links import void
from community.people.models import Person
from community.people.proof import Proof, use_up
from community.people.sessions import sign_out_everywhere
from community.record.outbox import record
from community.record.transaction import bookkeeping, command

ABOUT: Final = "close"
"""What a proof is for that is shown here."""
KEPT: Final = timedelta(days=365)
NAMELESS: Final = "（已注销）"


@command
async def close(proof: Proof, *, by: Person, at: datetime) -> None:
    """Close the account of ``by``; the mailbox is free for another one.

    Raises:
        Unfit: something has to be done first; the sentence says what.
    """
    if bars := await bars_for(by, at=at):
        raise Unfit(bars[0])
    await use_up(proof, by=by, at=at)
    facts = {"name": by.name}
    await queue_mail(by.email, by.lang, "community/people/mail_closed", facts, at=at, person_id=None)
    await sign_out_everywhere(by, by=by, at=at)
    await void(by, at=at)
    gone = {"closed_at": at, "email": f"{by.code}@closed.invalid", "password_hash": None, "totp_secret": None}
    await Person.filter(id=by.id, closed_at=None).update(**gone)
    await changed(by.id)
    await record("person.closed", f"person-{by.id}", by=by, at=at, community_id=by.community_id)


@bookkeeping
async def forget_closed(*, at: datetime) -> int:
    """Take the name off accounts that were closed a year ago, and return how many those were."""
    old = Person.filter(closed_at__lte=at - KEPT).exclude(name=NAMELESS)
    return await old.update(name=NAMELESS)
