"""The letter about an appointment, with its instants as times and its words in the reader's language."""

from collections.abc import Mapping
from datetime import datetime

from community.notice.models import Mail
from mediation.appointment.letters import SUMMARY
from mediation.appointment.rules import MeetBy
from web.words import N_

N_("和调解员约好的见面")


async def letter(mail: Mail, _lang: str) -> Mapping[str, object]:
    """Return the facts with the instant as a time and the way as a member."""
    values = mail.values
    begins = values.get("begins")
    return {
        **values,
        "begins": datetime.fromisoformat(str(begins)) if begins else None,
        "meet_by": MeetBy(str(values["meet_by"])),
        "summary": SUMMARY,
    }
