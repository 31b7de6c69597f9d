"""The one-time codes of the demo staff, for the outbox page of a trial."""

from datetime import datetime

from community.people.factor import code_at
from community.people.models import Person


async def codes(at: datetime) -> list[tuple[str, str]]:
    """Return (name and address, code now) of everybody with a second factor."""
    return [
        (f"{each.name} {each.email}", code_at(each, at))
        for each in await Person.exclude(totp_secret=None).order_by("id").limit(50)
    ]
