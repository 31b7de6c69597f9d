"""Comments as moderation sees them."""

from dataclasses import dataclass
from datetime import datetime

from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.debate.models import Comment
from deliberation.matter.queries import visible_to


@dataclass(frozen=True, slots=True)
class CommentContent:
    """One comment."""

    comment: Comment

    @property
    def owner_id(self) -> int | None:
        """Return who wrote it."""
        return self.comment.author_id

    @property
    def community_id(self) -> int:
        """Return where it belongs."""
        return self.comment.community_id

    @property
    def excerpt(self) -> str:
        """Return its words."""
        return self.comment.words

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of its words."""
        return digest(self.comment.words)

    @property
    def protected(self) -> bool:
        """Return False: nobody seconds a comment."""
        return False

    @property
    def url(self) -> str:
        """Return where it stands."""
        return f"/matters/{self.comment.matter_id}#c-{self.comment.code}"

    async def visible_to(self, person: Person, *, at: datetime) -> bool:  # noqa: ARG002 - matters do not age out of sight
        """Return whether ``person`` may read the matter it is about."""
        return await visible_to(person).filter(id=self.comment.matter_id).exists()

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place."""
        await Comment.filter(id=self.comment.id).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Comment.filter(id=self.comment.id).update(hidden_at=None, hidden_why="")


async def find_comment(subject: str) -> CommentContent | None:
    """Return the comment that ``comment-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Comment.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    return CommentContent(found) if found else None
