"""修改留言 — an author changes what they said; every earlier wording stays for everybody to read, and nobody is mailed.

The window: as long as the matter is talked about, at most `EDITS` times. A change is never silent —
the comment says that it was changed and when — so a short secret grace period is not needed.
"""

from datetime import datetime

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.debate.marking import readable
from deliberation.debate.models import Comment, Wording
from deliberation.debate.rules import EDITS, OPEN_IN, check


@command
async def reword(code: str, words: str, *, by: Person, at: datetime) -> Comment:
    """Change the words of one's own comment.

    Raises:
        Unfit: too short, too long, the same as before, changed too often, or the discussion is over.
        MovedOn: it was changed on another page meanwhile.
    """
    comment, matter = await readable(by, code)
    if comment.author_id != by.id:
        raise Forbidden("只有写这条留言的人可以改。")
    if matter.state not in OPEN_IN:
        raise Unfit("这件事的讨论已经结束，留言不能再改了。", field="words")
    check(words)
    if words == comment.words:
        raise Unfit("文字没有变。请改了再保存。", field="words")
    if comment.edits >= EDITS:
        raise Unfit("这条留言已经改了 {n} 次，请另写一条。", field="words", n=EDITS)
    await _swap(comment, words, at)
    await record(
        "comment.reworded", f"comment-{comment.id}", by=by, at=at, community_id=comment.community_id, n=comment.edits
    )
    return comment


async def _swap(comment: Comment, words: str, at: datetime) -> None:
    was = Comment.filter(id=comment.id, edits=comment.edits, hidden_at=None)
    if not await was.update(words=words, edits=comment.edits + 1, edited_at=at):
        raise MovedOn("这条留言刚刚变了，请刷新后再改。")
    await Wording.create(
        comment=comment, number=comment.edits + 1, words=comment.words, at=comment.edited_at or comment.at
    )
    comment.update_from_dict({"words": words, "edits": comment.edits + 1, "edited_at": at})
