"""What the pages of this room show."""

from dataclasses import dataclass

from community.moderation.content import Content, find_content
from community.moderation.models import Hiding
from community.moderation.queries import Waiting
from community.moderation.rules import State
from community.people.models import Person
from community.privacy.rules import mask_name
from community.privacy.scan import mask_text


@dataclass(frozen=True, slots=True)
class Item:
    """One reported thing on the moderator's desk: its words masked, its author by initial."""

    waiting: Waiting
    content: Content
    words: str
    masked: bool
    author: str
    earlier: int


async def item_of(waiting: Waiting, *, original: str = "") -> Item:
    """Return how a waiting subject is shown."""
    content = await find_content(waiting.subject)
    owner = await Person.get_or_none(id=content.owner_id) if content.owner_id else None
    shown = original or mask_text(content.excerpt)
    past = Hiding.filter(author_id=content.owner_id, state__in=[State.STANDING, State.UPHELD])
    return Item(
        waiting,
        content,
        shown,
        not original and shown != content.excerpt,
        mask_name(owner.name) if owner else "",
        await past.count() if owner else 0,
    )
