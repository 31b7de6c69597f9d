"""共识与不同意见 — what was agreed, and what was not: that is answered before the words of a matter are frozen.

Source: 关于加强城乡社区协商的意见 (2015): 不同意见应当登记并得到答复; 城市居民委员会组织法 (2025) 32.
``Matter.open_dissents`` counts the dissents without an answer, so that `finalise` and the page of the
matter know without asking; every command here moves it in its own transaction.
"""

from collections.abc import Mapping
from datetime import datetime

from tortoise.expressions import F

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.debate.models import Comment, Opinion
from deliberation.debate.rules import OPINION, OPINIONS, Accord, check_answer, check_opinion, items
from deliberation.matter.models import Matter, Sitting
from deliberation.matter.moving import move, require_any
from deliberation.matter.queries import find
from deliberation.matter.workflow import MOVED_ON, Verb, row


@command
async def note(
    matter_id: int, kind: Accord, words: str, *, comment: str | None = None, by: Person, at: datetime
) -> Opinion:
    """Take down what was agreed or what was not; ``comment`` is the code of the comment that says it.

    Raises:
        Unfit: too short, too long, too many, or that comment stands there already.
    """
    matter = await find(by, matter_id)
    await require_any(matter, row(Verb.NOTE_OPINION).actors, by=by, at=at)
    said = await _said(matter, comment) if comment else None
    text = words.strip() or (said.words if said else "")
    check_opinion(text)
    await _room_for(matter, 1)
    opinion = await Opinion.create(
        community_id=matter.community_id,
        matter=matter,
        kind=kind,
        words=text,
        comment=said,
        noted_by=by,
        noted_at=at,
    )
    await _open(matter, 1 if kind is Accord.DISSENT else 0)
    await move(matter, Verb.NOTE_OPINION, by=by, at=at, opinion=opinion.id, kind_is=kind)
    return opinion


async def take_down(sitting: Sitting, texts: Mapping[Accord, str], *, by: Person, at: datetime) -> None:
    """Take down, line by line, what the minutes of a sitting name; called inside the command that stores them."""
    matter = await Matter.get(id=sitting.matter_id)
    found = [(kind, line) for kind, text in texts.items() for line in items(text)]
    for kind, line in found:
        if len(line) > OPINION[1]:
            raise Unfit("一条意见最多 {most} 个字，请分成几行，一行一条。", field=kind.value, most=OPINION[1])
    await _room_for(matter, len(found))
    for kind, line in found:
        await Opinion.create(
            community_id=matter.community_id,
            matter=matter,
            kind=kind,
            words=line,
            sitting=sitting,
            noted_by=by,
            noted_at=at,
        )
    await _open(matter, sum(kind is Accord.DISSENT for kind, _ in found))


@command
async def answer(code: str, words: str, *, by: Person, at: datetime) -> Opinion:
    """Answer a dissent; whose comment it was is told.

    Raises:
        Unfit: nothing was written, or there is nothing to answer.
        MovedOn: somebody was faster.
    """
    opinion = await Opinion.get_or_none(code=code)
    if opinion is None:
        raise Hidden("没有找到这条意见。")
    matter = await find(by, opinion.matter_id)
    await require_any(matter, row(Verb.ANSWER_DISSENT).actors, by=by, at=at)
    if opinion.kind is not Accord.DISSENT:
        raise Unfit("这一条是共识，不用答复。", field="answer")
    check_answer(words)
    waits = Opinion.filter(id=opinion.id, answered_at=None)
    if not await waits.update(answer=words.strip(), answered_by_id=by.id, answered_at=at):
        raise MovedOn("这条意见已经有答复了，请刷新后再看。")
    await _open(matter, -1)
    await move(matter, Verb.ANSWER_DISSENT, by=by, at=at, opinion=opinion.id)
    return opinion


async def _said(matter: Matter, code: str) -> Comment:
    said = await Comment.get_or_none(code=code, matter_id=matter.id, hidden_at=None)
    if said is None:
        raise Hidden("这条留言已经不在了。")
    if await Opinion.exists(comment_id=said.id):
        raise Unfit("这条留言已经登记过了。", field="words")
    return said


async def _room_for(matter: Matter, more: int) -> None:
    if await Opinion.filter(matter_id=matter.id).count() + more > OPINIONS:
        raise Unfit("一件事最多登记 {most} 条意见，请把相近的合成一条。", field="words", most=OPINIONS)


async def _open(matter: Matter, change: int) -> None:
    """Move the count of open dissents while the matter still stands where it was read; that locks its row."""
    stands = Matter.filter(id=matter.id, state=matter.state)
    if not await stands.update(open_dissents=F("open_dissents") + change):
        raise MovedOn(MOVED_ON)
