"""The mails of this room: one that tells one thing, and the digest that tells several."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Final

from community.notice.commands import DIGEST, TOLD
from community.notice.models import Mail
from community.notice.queries import in_digest
from mediation.appointment.letters import LETTER as APPOINTMENT
from web.deliberation.ballot.mails import OPENED, opened
from web.deliberation.ledger.mails import RECEIPT, receipt
from web.deliberation.meeting.mails import LETTER, letter
from web.locale import say
from web.mediation.appointment.mails import letter as appointment

View = Callable[[Mail, str], Awaitable[Mapping[str, object]]]


async def told(mail: Mail, lang: str) -> Mapping[str, object]:
    """Return the sentence in the reader's language and the path it leads to."""
    values = mail.values
    facts = values.get("facts")
    sentence = say(lang, str(values["sentence"]), **(facts if isinstance(facts, dict) else {}))
    return {"sentence": sentence, "url": values["url"]}


async def digest(mail: Mail, lang: str) -> Mapping[str, object]:
    """Return what of the day has not been read on the site meanwhile."""
    on = date.fromisoformat(str(mail.values["on"]))
    lines = await in_digest(mail.person_id or 0, on)
    return {"on": on, "lines": [say(lang, line.sentence, **line.values) for line in lines]}


VIEWS: Final[Mapping[str, View]] = {
    TOLD: told,
    DIGEST: digest,
    OPENED: opened,
    LETTER: letter,
    RECEIPT: receipt,
    APPOINTMENT: appointment,
}
"""Templates that need more than their facts."""
