"""What the people concerned are told: in their inbox at once, by mail when nobody can undo it any more."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from community.moderation.models import Hiding
from community.moderation.rules import UNDO_WITHIN, Measure
from community.moderation.states import IN_EFFECT
from community.notice.commands import TOLD, tell
from community.notice.mail import queue_mail
from community.people.models import Person
from community.timers.commands import set_timer
from community.words import N_

MAIL: Final = "moderation.mail"
MAIL_BATCH: Final = "moderation.mail-batch"
DONE: Final[Mapping[Measure, str]] = MappingProxyType(
    {
        Measure.HIDE: N_("您的一条内容被收起了（理由 {reason}）。不同意，可以在六个月内申诉。"),
        Measure.MASK: N_("您的一条内容打码后留着（理由 {reason}）。不同意，可以在六个月内申诉。"),
        Measure.MOVE: N_("您的一条内容移到了别处（理由 {reason}）。不同意，可以在六个月内申诉。"),
        Measure.LIMIT: N_("您三十天内每天只能举报一次（理由 {reason}）。不同意，可以在六个月内申诉。"),
    }
)
BATCH: Final = N_("您有 {n} 条内容一起被收起了（理由 {reason}）。不同意，可以在六个月内逐条申诉。")


async def tell_author(hiding: Hiding, sentence: str, *, at: datetime, mail: bool = True) -> None:
    """Tell whoever wrote it; this concerns their rights, so it is mailed at once unless ``mail`` is off."""
    if hiding.author_id:
        facts = {"reason": hiding.reason.value}
        people, url = [hiding.author_id], url_of(hiding)
        await tell(people, sentence, facts, url=url, at=at, topic="moderation", binding=True, mail=mail)


async def tell_done(hiding: Hiding, *, at: datetime) -> None:
    """Tell the author what was done, and let the mail follow when it can no longer be undone."""
    await tell_author(hiding, DONE[hiding.measure], at=at, mail=False)
    await set_timer(MAIL, hiding.key, at + UNDO_WITHIN, key="mail", community_id=hiding.community_id)


async def mail_done(subject: str, at: datetime) -> None:
    """Mail the author of a decision that still stands; the timer calls this."""
    hiding = await Hiding.get(code=subject.removeprefix("hiding-"))
    if hiding.state in IN_EFFECT and hiding.author_id:
        facts = {"reason": hiding.reason.value}
        await _mail(hiding.author_id, DONE[hiding.measure], facts, url_of(hiding), at)


async def tell_batch(batch: str, hidings: list[Hiding], *, at: datetime) -> None:
    """Tell each author once of all their items in a batch."""
    for author, own in by_author(hidings).items():
        facts, url = {"n": len(own), "reason": own[0].reason.value}, batch_url(batch)
        await tell([author], BATCH, facts, url=url, at=at, topic="moderation", binding=True, mail=False)
    where = hidings[0].community_id
    await set_timer(MAIL_BATCH, f"batch-{batch}", at + UNDO_WITHIN, key="mail", community_id=where)


async def mail_batch(subject: str, at: datetime) -> None:
    """Mail each author once of what still stands of a batch; the timer calls this."""
    batch = subject.removeprefix("batch-")
    standing = await Hiding.filter(batch=batch, state__in=list(IN_EFFECT)).order_by("id")
    for author, own in by_author(standing).items():
        await _mail(author, BATCH, {"n": len(own), "reason": own[0].reason.value}, batch_url(batch), at)


def by_author(hidings: list[Hiding]) -> dict[int, list[Hiding]]:
    """Return the decisions by the author they concern."""
    found: dict[int, list[Hiding]] = {}
    for hiding in hidings:
        if hiding.author_id:
            found.setdefault(hiding.author_id, []).append(hiding)
    return found


async def _mail(author: int, sentence: str, facts: Mapping[str, object], url: str, at: datetime) -> None:
    person = await Person.get_or_none(id=author, closed_at=None)
    if person:
        told = {"sentence": sentence, "facts": dict(facts), "url": url}
        await queue_mail(
            person.email, person.lang, TOLD, told, at=at, person_id=person.id, binding=True, topic="moderation"
        )


def url_of(hiding: Hiding) -> str:
    """Return the page of a decision."""
    return f"/moderation/hidden/{hiding.code}"


def batch_url(batch: str) -> str:
    """Return the page of a batch."""
    return f"/moderation/batches/{batch}"
