"""What the pages of this room show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from community.moderation.content import Content, find_content
from community.moderation.models import Appeal, Claim, Hiding
from community.moderation.queries import Waiting
from community.moderation.states import IN_EFFECT, State
from community.people.models import Person
from community.privacy.rules import mask_name
from community.privacy.scan import mask_text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the moderator's desk: its words masked, its author by initial, and who is working on it."""

    waiting: Waiting
    content: Content
    words: str
    masked: bool
    author: str
    earlier: int
    alike: int
    claim: Claim | None


async def item_of(waiting: Waiting, claim: Claim | None, *, original: str = "") -> Item:
    """Return how a subject is shown."""
    content = await find_content(waiting.subject)
    owner = await Person.get_or_none(id=content.owner_id) if content.owner_id else None
    shown = original or mask_text(content.excerpt)
    past = Hiding.filter(author_id=content.owner_id, state__in=list(IN_EFFECT))
    return Item(
        waiting,
        content,
        shown,
        not original and shown != content.excerpt,
        mask_name(owner.name) if owner else "",
        await past.count() if owner else 0,
        len(set(await content.alike()) - {waiting.subject}),
        claim,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of the public log with everything that happened to it, in order: (when, state)."""

    hiding: Hiding
    steps: Sequence[tuple[datetime, State]]


def line_of(hiding: Hiding, appeals: Sequence[Appeal]) -> Line:
    """Return a decision with its steps; each has its own time, so that the log tells the whole of it."""
    began = State.STANDING if hiding.effective_at == hiding.at and not hiding.second_id else State.ASKED
    if hiding.effective_at == hiding.at and (hiding.second_id or hiding.state in (State.URGENT, State.LAPSED)):
        began = State.URGENT
    steps = [(hiding.at, began)]
    if hiding.effective_at and hiding.effective_at > hiding.at:
        steps.append((hiding.effective_at, State.STANDING))
    for appeal in appeals:
        steps.append((appeal.at, State.APPEALED if appeal.level == 1 else State.ESCALATED))
        if appeal.answered_at and not appeal.granted:
            steps.append((appeal.answered_at, State.UPHELD if appeal.level == 1 else State.FINAL))
    if hiding.ended_at:
        steps.append((hiding.ended_at, hiding.state))
    return Line(hiding, steps)
