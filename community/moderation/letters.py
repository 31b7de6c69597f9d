"""What the people concerned are told, in the transaction that decides it."""

from datetime import datetime

from community.moderation.models import Hiding
from community.notice.commands import tell


async def tell_author(hiding: Hiding, sentence: str, *, at: datetime) -> None:
    """Tell whoever wrote it; this concerns their rights, so it is mailed at once."""
    if hiding.author_id:
        facts = {"reason": hiding.reason.value}
        await tell([hiding.author_id], sentence, facts, url=url_of(hiding), at=at, topic="moderation", binding=True)


def url_of(hiding: Hiding) -> str:
    """Return the page of a hiding."""
    return f"/moderation/hidden/{hiding.code}"
