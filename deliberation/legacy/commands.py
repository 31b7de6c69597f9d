"""Bringing old proposals and their comments in, all of them or none."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.body.models import Body
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.legacy.sheets import Bundle, OldComment, OldProposal, heads
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.states import State
from deliberation.matter.text import BODY, SENTENCE, TITLE, Text

BATCH: Final = 200
UNSAID: Final = "原平台没有写明"

Progress = Callable[[int], None]


@command
async def bring(
    bundle: Bundle, body_id: int, *, sha256: str, by: Person | None, at: datetime, progress: Progress
) -> dict[str, int]:
    """Store a bundle under a body and return the counts; what is there already is left as it is.

    Raises:
        Unfit: lines of the files are wrong; nothing is stored.
    """
    if bundle.wrong:
        raise Unfit("文件里有 {n} 处要改，这次什么都没有导入。", n=len(bundle.wrong))
    body = await Body.get(id=body_id)
    writers = await _writers(
        body, {*(one.user for one in bundle.proposals), *(one.user for one in bundle.comments)}, at
    )
    matters = {}
    for each in bundle.proposals:
        matters[each.key] = await _matter(body, each, writers[each.user], at)
        progress(1)
    said = [each for each in bundle.comments if matters[each.proposal].state_since == at]
    await _comments(said, matters, writers, progress)
    await record(
        "legacy.brought",
        f"body-{body.id}",
        by=by,
        at=at,
        community_id=body.community_id,
        sha256=sha256,
        proposals=len(matters),
        comments=len(said),
    )
    return {"proposals": len(matters), "comments": len(said)}


async def _writers(body: Body, users: Iterable[str], at: datetime) -> dict[str, Person]:
    """Return a closed account for every writer: a number, no name, no way to sign in."""
    addresses = {user: f"legacy-{body.id}-{user}@invalid" for user in users}
    rows = [
        Person(name=f"原平台用户 {user}"[:64], email=email, joined_at=at, closed_at=at, community_id=body.community_id)
        for user, email in addresses.items()
    ]
    await Person.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    stored = {person.email: person for person in await Person.filter(email__in=list(addresses.values()))}
    return {user: stored[email] for user, email in addresses.items()}


async def _matter(body: Body, old: OldProposal, writer: Person, at: datetime) -> Matter:
    known = await Matter.get_or_none(
        body_id=body.id, author_id=writer.id, drafted_at=old.on, title=_cut(old.title, TITLE)
    )
    if known:
        return known
    text = _text(old)
    matter = await Matter.create(
        community_id=body.community_id,
        body=body,
        author=writer,
        title=text.title,
        state=State.ARCHIVED,
        state_since=at,
        drafted_at=old.on,
        public_at=old.on,
        final_hash=text.hash,
    )
    await MatterVersion.create(
        matter=matter,
        number=1,
        title=text.title,
        what=text.what,
        cost=text.cost,
        who=text.who,
        body=text.body,
        hash=text.hash,
        written_by=writer,
        written_at=old.on,
    )
    return matter


def _text(old: OldProposal) -> Text:
    """Return the words in our shape; what does not fit a short line stands whole in the body."""
    whole = "\n\n".join(part for part in (old.title, old.summary, old.text) if part)
    if len(whole) > BODY:
        raise Unfit("编号 {key} 的正文有 {n} 个字，最多 {most} 个。", key=old.key, n=len(whole), most=BODY)
    what = _cut(old.summary or old.title, SENTENCE)
    return Text(title=_cut(old.title, TITLE), what=what, cost=UNSAID, who=UNSAID, body=whole)


def _cut(text: str, size: tuple[int, int]) -> str:
    most = size[1]
    return text if len(text) <= most else text[: most - 1] + "…"


async def _comments(
    said: list[OldComment], matters: dict[str, Matter], writers: dict[str, Person], progress: Progress
) -> None:
    above = heads(said)
    first = [each for each in said if above[each.key] is None]
    answers = Counter(head for head in above.values() if head)
    stored = await _store(first, {}, matters, writers, progress, answers=answers)
    threads = {key: stored[head] for key, head in above.items() if head}
    await _store([each for each in said if each.key in threads], threads, matters, writers, progress)


async def _store(
    said: list[OldComment],
    threads: Mapping[str, int],
    matters: dict[str, Matter],
    writers: dict[str, Person],
    progress: Progress,
    *,
    answers: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, int]:
    """Store comments of one level, oldest first; ``threads`` has the thread of an answer. Return ids by old key."""
    rows = {}
    for each in sorted(said, key=lambda one: one.at):
        matter = matters[each.proposal]
        rows[each.key] = Comment(
            community_id=matter.community_id,
            matter_id=matter.id,
            parent_id=threads.get(each.key),
            author_id=writers[each.user].id,
            position=Position.MORE,
            words=each.words,
            answered=answers.get(each.key, 0),
            at=each.at,
        )
    await Comment.bulk_create(list(rows.values()), batch_size=BATCH)
    codes = [row.code for row in rows.values()]
    known = {row.code: row.id for row in await Comment.filter(code__in=codes)} if codes else {}
    progress(len(rows))
    return {key: known[row.code] for key, row in rows.items()}
