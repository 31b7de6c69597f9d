"""What can be moderated: whatever a room registers under its kind (``comment`` of ``comment-12``)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from community.errors import Hidden
from community.moderation.rules import Measure, concealed
from community.people.models import Person
from community.privacy.scan import mask_text
from community.words import N_


@dataclass(frozen=True, slots=True)
class Masked:
    """What masking did: ``original`` puts everything back, ``masked_hash`` is that of the words now shown."""

    original: str
    masked_hash: str


class Content(Protocol):
    """One thing somebody wrote, as moderation sees it."""

    @property
    def owner_id(self) -> int | None:
        """Return who wrote it; ``None`` when that is no account."""

    @property
    def community_id(self) -> int:
        """Return where it belongs."""

    @property
    def excerpt(self) -> str:
        """Return its words, in full where they are short."""

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of all its words, for the record."""

    @property
    def protected(self) -> bool:
        """Return whether many stand behind it (ten endorsements, or a vote): one person alone may not hide it."""

    @property
    def url(self) -> str:
        """Return the path of the page it is on."""

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to it."""

    async def visible_to(self, person: Person, *, at: datetime) -> bool:
        """Return whether ``person`` may read it while it is not hidden."""

    async def alike(self) -> list[str]:
        """Return the subjects of the same author, or with the same words, that are not hidden; for spam."""

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Put a placeholder with the reason's code in its place; called inside a command."""

    async def restore(self, *, at: datetime) -> None:
        """Show it again; called inside a command."""

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Cover numbers that give somebody away, and ``conceal``, wherever its words are kept.

        Raises:
            Unfit: nothing would be covered.
        """

    async def unmask(self, original: str) -> None:
        """Put back what was covered, except where its author has written anew."""

    async def move(self, target: str) -> str:
        """Move it below ``target`` and return below what it stood.

        Raises:
            Unfit: there it cannot go.
        """


def cover(text: str, conceal: Sequence[str]) -> str:
    """Return ``text`` with the numbers that give somebody away, and ``conceal``, covered."""
    return concealed(mask_text(text), conceal)


NOTHING: Final = N_("没有找到要遮住的字。请在“要遮住的字”里照原文写，一行写一处。")
NOWHERE: Final = N_("没有找到这条内容。它可能已经删掉了，也可能您还没有权限看。")

Finder = Callable[[str], Awaitable[Content | None]]

_finders: dict[str, Finder] = {}


def install(finders: Mapping[str, Finder]) -> None:
    """Use these finders by kind from now on; the composition of the program calls this once."""
    _finders.clear()
    _finders.update(finders)


async def find_content(subject: str) -> Content:
    """Return what ``subject`` (``comment-12``) names.

    Raises:
        Hidden: there is no such thing, or its kind cannot be moderated.
    """
    finder = _finders.get(subject.rpartition("-")[0])
    content = await finder(subject) if finder else None
    if content is None:
        raise Hidden(NOWHERE)
    return content


async def find_visible(subject: str, person: Person, *, at: datetime) -> Content:
    """Return what ``subject`` names when ``person`` may see it; an office opens nobody's draft.

    Raises:
        Hidden: there is no such thing, or it is not for them.
    """
    content = await find_content(subject)
    if not await content.visible_to(person, at=at):
        raise Hidden(NOWHERE)
    return content
