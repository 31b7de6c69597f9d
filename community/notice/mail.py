"""Putting a mail into the queue, in the transaction of what it tells."""

from collections.abc import Mapping
from datetime import datetime

from community.codes import new_code
from community.notice.models import Mail
from community.privacy import vault
from community.record.outbox import canonical
from community.record.transaction import inside


async def queue_mail(
    to_email: str,
    lang: str,
    template: str,
    facts: Mapping[str, object],
    *,
    at: datetime,
    person_id: int | None = None,
    dedupe: str | None = None,
    binding: bool = True,
    topic: str = "account",
    secret: bool = False,
) -> None:
    """Queue one mail; call it inside a command, so that it is sent if and only if that is committed.

    Args:
        to_email: the address.
        lang: the language of the reader.
        template: path below ``web/`` without its ending, for example ``community/people/mail_confirm``.
        facts: plain values for the template; paths in them are made absolute by ``link(…)`` there.
        at: when to send it, at the earliest.
        person_id: whose mail it is, when they have an account.
        dedupe: at most 96 characters; a second mail of the same mark is left out.
        binding: it concerns a right or a duty and cannot be unsubscribed.
        topic: what one may unsubscribe from.
        secret: the facts open something (a sign-in link); they lie encrypted until sent.
    """
    if not inside():
        raise RuntimeError("queue a mail inside the command that it tells of")
    code, text = new_code(), canonical(facts)
    mail = Mail(
        code=code,
        to=to_email,
        person_id=person_id,
        lang=lang,
        template=template,
        facts=vault.lock(text, about=f"mail|{code}|facts") if secret else text,
        secret=secret,
        topic=topic,
        binding=binding,
        queued_at=at,
        run_at=at,
        dedupe=dedupe,
    )
    await Mail.bulk_create([mail], ignore_conflicts=True)
