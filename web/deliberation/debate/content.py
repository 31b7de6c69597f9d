"""Comments as moderation sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F, Q

from community.errors import Unfit
from community.moderation.content import Masked, cover
from community.moderation.rules import BATCH, Measure
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.debate.models import Comment, Opinion, Wording
from deliberation.matter.models import Matter
from deliberation.matter.queries import visible_to
from web.deliberation.pieces import Piece, pieces, put_covers, take_covers


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

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to a comment."""
        return frozenset({Measure.HIDE, Measure.MASK, Measure.MOVE})

    async def alike(self) -> list[str]:
        """Return what the same person said, or others said word for word, newest first."""
        whose = {"author_id": self.owner_id} if self.owner_id else {"resident_id": self.comment.resident_id}
        same = Q(**whose) | Q(words=self.comment.words)
        found = Comment.filter(same, community_id=self.comment.community_id, hidden_at=None).order_by("-id")
        return [f"comment-{number}" for number in await found.limit(BATCH).values_list("id", flat=True)]

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place."""
        await Comment.filter(id=self.comment.id).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Comment.filter(id=self.comment.id).update(hidden_at=None, hidden_why="")

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others, in earlier wordings and what was noted from it as well."""
        original = await put_covers(await self._texts(), conceal)
        return Masked(original, digest(cover(self.comment.words, conceal)))

    async def unmask(self, original: str) -> None:
        """Put the words back."""
        await take_covers(await self._texts(), original)

    async def _texts(self) -> list[Piece]:
        about = {"comment_id": self.comment.id}
        texts = pieces(Comment, [self.comment], ["words"]) + pieces(Wording, await Wording.filter(**about), ["words"])
        return texts + pieces(Opinion, await Opinion.filter(**about), ["words"])

    async def move(self, target: str) -> str:
        """Move it, with its answers, below another matter (``matter-12``) or back into a thread (``comment-3``)."""
        was = f"comment-{self.comment.parent_id}" if self.comment.parent_id else f"matter-{self.comment.matter_id}"
        kind, _, number = target.rpartition("-")
        parent = await Comment.get_or_none(id=int(number)) if kind == "comment" else None
        matter = await _matter(parent.matter_id if parent else int(number), self.comment.community_id)
        if matter is None or target == was:
            raise Unfit("没有找到这一号议题，或者不在同一个社区。请再看一看号码。", field="target")
        await Comment.filter(id=self.comment.parent_id or 0).update(answered=F("answered") - 1)
        await Comment.filter(id=parent.id if parent else 0).update(answered=F("answered") + 1)
        moved = {"matter_id": matter.id, "parent_id": parent.id if parent else None}
        await Comment.filter(id=self.comment.id).update(**moved)
        await Comment.filter(parent_id=self.comment.id).update(matter_id=matter.id)
        return was


async def _matter(number: int, community_id: int) -> Matter | None:
    return await Matter.get_or_none(id=number, community_id=community_id, public_at__isnull=False)


async def find_comment(subject: str) -> CommentContent | None:
    """Return the comment that ``comment-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Comment.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    return CommentContent(found) if found else None
