"""修改建议 — anybody on the roll proposes new words for one part; author or host takes them up or says why not."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment, Fate, Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.paragraphs import SENTENCES, parts, put, words_of
from deliberation.matter.queries import find, text_of
from deliberation.matter.revising import rewrite
from deliberation.matter.screening import said
from deliberation.matter.seconding import as_read, hold
from deliberation.matter.states import AMENDABLE, Actor, State
from deliberation.matter.text import Text, check
from deliberation.matter.workflow import MOVED_ON, Verb, step

OPEN_MOST: Final = 5  # of one person on one matter, waiting for an answer
ALL_MOST: Final = 100  # of everybody on one matter, waiting for an answer


@command
async def amend(
    matter_id: int, part: str, words: str, reason: str, *, version: int | None = None, by: Person, at: datetime
) -> Amendment:
    """Propose new words for one part of the text as it reads now; no words propose to strike a paragraph.

    Raises:
        Forbidden: not a verified resident here.
        MovedOn: the words changed since they were read, or no longer change at all.
        Unfit: nothing would change, too long, no reason, or too many are waiting already.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.RESIDENT, by=by, at=at)
    step(State(matter.state), Verb.AMEND)
    said(reason, "reason")
    await hold(matter, *AMENDABLE)
    as_read(matter, version)
    old = _old(words_of(await text_of(matter)), part, words.strip())
    await _not_too_many(matter, by, part, words.strip())
    made = await Amendment.create(
        community_id=matter.community_id,
        matter=matter,
        version=matter.version,
        part=part,
        old=old,
        new=words.strip(),
        reason=reason,
        by=by,
        at=at,
    )
    await move(matter, Verb.AMEND, by=by, at=at, amendment=made.code, version=matter.version)
    return made


def _old(text: Text, part: str, words: str) -> str:
    """Return what stands in a part now, when ``words`` may stand there instead."""
    old = parts(text).get(part)
    if old is None:
        raise Unfit("没有这一段。请刷新后再选。", field="part")
    if old.strip() == words:
        raise Unfit("和原来的文字一样，没有要改的。", field="words")
    if part in SENTENCES and not words:
        raise Unfit("三句话一句都不能空。请写上新的一句。", field="words")
    try:
        check(put(text, part, words))
    except Unfit as why:
        raise Unfit(why.reason, field="words", **why.facts) from why
    return old


@command
async def adopt(code: str, change: Change, *, answer: str = "", by: Person, at: datetime) -> Matter:
    """Take an amendment up: a new version; ``change`` is what the one who takes it up declares it to be.

    Raises:
        Forbidden: neither author nor host.
        MovedOn: it was answered already, or its part has changed.
        Unfit: moderation has put its words away.
    """
    found, matter = await _to_answer(code, Verb.ADOPT, by, at)
    if found.hidden_at:
        raise Unfit("这条修改建议的文字已经收起，不能采纳。可以写明理由，不采纳。", field="form")
    text = put(words_of(await text_of(matter)), found.part, found.new)
    await _answered(found, Fate.ADOPTED, answer, by, at, became=matter.version + 1)
    await rewrite(matter, Verb.ADOPT, text, change, by=by, at=at, amendment=found.code)
    return matter


@command
async def decline(code: str, answer: str, *, by: Person, at: datetime) -> Matter:
    """Leave the words as they are, and say why."""
    found, matter = await _to_answer(code, Verb.DECLINE, by, at)
    said(answer, "answer")
    await _answered(found, Fate.DECLINED, answer, by, at)
    await move(matter, Verb.DECLINE, by=by, at=at, amendment=found.code)
    return matter


@command
async def take_back(code: str, *, by: Person, at: datetime) -> Matter:
    """Take one's own amendment back while it waits."""
    found = await _found(code, by)
    if found.by_id != by.id:
        raise Forbidden("只有提建议的人能收回。")
    matter = await find(by, found.matter_id)
    await _answered(found, Fate.TAKEN_BACK, "", None, at)
    await move(matter, Verb.TAKE_BACK, by=by, at=at, amendment=found.code)
    return matter


async def _found(code: str, by: Person) -> Amendment:
    found = await Amendment.get_or_none(code=code)
    if found is None:
        raise Hidden("没有找到这条修改建议。")
    await find(by, found.matter_id)
    return found


async def _to_answer(code: str, verb: Verb, by: Person, at: datetime) -> tuple[Amendment, Matter]:
    found = await _found(code, by)
    matter = await find(by, found.matter_id)
    if matter.author_id != by.id:
        await require_actor(matter, Actor.HOST, by=by, at=at)
    step(State(matter.state), verb)
    await hold(matter, *AMENDABLE)
    await found.refresh_from_db()
    return found, matter


async def _answered(
    found: Amendment, fate: Fate, answer: str, by: Person | None, at: datetime, *, became: int | None = None
) -> None:
    columns = {"state": fate, "answer": answer, "answered_by_id": by.id if by else None, "answered_at": at}
    if not await Amendment.filter(id=found.id, state=Fate.OPEN).update(**columns, became=became):
        raise MovedOn(MOVED_ON)


async def _not_too_many(matter: Matter, by: Person, part: str, words: str) -> None:
    waiting = Amendment.filter(matter_id=matter.id, state=Fate.OPEN)
    if await waiting.filter(by_id=by.id, part=part, new=words).exists():
        raise Unfit("您刚才提过同样的一条，正等着答复。", field="words")
    if await waiting.filter(by_id=by.id).count() >= OPEN_MOST:
        raise Unfit("您有 {n} 条建议等着答复。请等一条有了答复，或者收回一条，再提新的。", field="form", n=OPEN_MOST)
    if await waiting.count() >= ALL_MOST:
        raise Unfit("等着答复的建议已经有 {n} 条。请等一等再提。", field="form", n=ALL_MOST)
