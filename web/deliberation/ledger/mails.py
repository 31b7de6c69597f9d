"""The receipt by mail, with the promise that was signed, and the mail of the close, with the last checkpoint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.notice.models import Mail

RECEIPT: Final = "deliberation/ledger/mail_receipt"
CLOSED: Final = "deliberation/ledger/mail_closed"


async def receipt(mail: Mail, _lang: str) -> Mapping[str, object]:
    """Return the facts with the instants as times."""
    values = mail.values
    return {
        "last": False,
        **values,
        "at": datetime.fromisoformat(str(values["at"])),
        "due": datetime.fromisoformat(str(values["by"])),
    }
