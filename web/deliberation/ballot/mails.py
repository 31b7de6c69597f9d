"""The mail that opens a ballot: its link goes straight to the paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.models import Mail

OPENED: Final = "deliberation/ballot/mail_open"


async def opened(mail: Mail, _lang: str) -> Mapping[str, object]:
    """Return the facts with the instant of closing as a time."""
    return {"why": "", "by": "link", **mail.values, "closes": datetime.fromisoformat(str(mail.values["closes"]))}
