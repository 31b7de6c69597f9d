"""Putting a decision into effect, and taking it back: the only place that touches what was decided about."""

from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.moderation.content import Content, find_content
from community.moderation.models import Hiding
from community.moderation.rules import Measure, Reason, last_day
from community.privacy import vault
from community.timers.commands import cancel_timers, set_timer

SERVE: Final = "moderation.serve"


def lock(hiding: Hiding, text: str, column: str) -> str:
    """Return ``text`` encrypted for a column of ``hiding``."""
    return vault.lock(text, about=f"hiding|{hiding.code}|{column}") if text else ""


def unlock(hiding: Hiding, column: str) -> str:
    """Return what lies encrypted in a column of ``hiding``."""
    text: str = getattr(hiding, column)
    return vault.unlock(text, about=f"hiding|{hiding.code}|{column}") if text else ""


async def put_into_effect(hiding: Hiding, content: Content, *, at: datetime) -> None:
    """Do to ``content`` what was decided and fill in ``hiding``; the caller stores it."""
    if hiding.measure is Measure.MASK or (hiding.reason is Reason.PRIVACY and Measure.MASK in content.measures):
        await _mask(hiding, content)
    if hiding.measure is Measure.MOVE:
        hiding.origin = await content.move(hiding.target)
    elif hiding.measure is not Measure.MASK:
        await content.hide(hiding.reason.value, at=at)
    hiding.effective_at = hiding.told_at = at
    if ends := last_day(hiding.reason, at):
        await set_timer(SERVE, hiding.key, ends, key="end", community_id=hiding.community_id)


async def _mask(hiding: Hiding, content: Content) -> None:
    """Mask it; when it is hidden as well, that nothing was found to mask is no mistake unless many vote on it."""
    try:
        done = await content.mask(unlock(hiding, "conceal").splitlines())
    except Unfit:
        if hiding.measure is Measure.MASK or content.protected:
            raise
        return
    hiding.sealed, hiding.masked_hash = lock(hiding, done.original, "sealed"), done.masked_hash


async def take_back(hiding: Hiding, *, at: datetime) -> None:
    """Put everything back as it was before ``hiding`` took effect."""
    await cancel_timers(SERVE, hiding.key)
    content = await find_content(hiding.subject)
    if hiding.sealed:
        await content.unmask(unlock(hiding, "sealed"))
    if hiding.measure is Measure.MOVE:
        await content.move(hiding.origin)
    elif hiding.measure is not Measure.MASK:
        await content.restore(at=at)
