"""Appealing against a decision, and answering: by somebody who had no part in it, in time, or it is taken back."""

from datetime import datetime
from typing import Final

from community.calendar.queries import calendar_at
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.moderation.bodies import deciders, may_answer
from community.moderation.effects import SERVE, take_back
from community.moderation.hiding import LAPSE, lapse
from community.moderation.letters import MAIL, MAIL_BATCH, mail_batch, mail_done, tell_author, url_of
from community.moderation.models import Appeal, Hiding
from community.moderation.moving import STALE, move, note
from community.moderation.reporting import check_words
from community.moderation.rules import answer_by, appeal_until, review_until
from community.moderation.states import DISPUTED, State
from community.notice.commands import tell
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import cancel_timers, set_timer
from community.words import N_

EXPIRE: Final = "moderation.expire"
APART: Final = N_("申诉要由没有经手的人答复：不能是经办人、作者、举报人，不能和经办人同一个单位或是其下级。")
GRANTED: Final = N_("您的申诉成立，内容已经恢复原样。")
REFUSED: Final = N_("您的申诉有答复了：维持原来的处理，理由请看处理记录。十天内可以再向街道或第三方申诉。")
CLOSED: Final = N_("您的再次申诉有答复了：维持原来的处理，理由请看处理记录。")
LATE: Final = N_("您的申诉没有按时答复，内容已经自动恢复原样。")
SERVED: Final = N_("处理的最长期限到了，您的内容已经恢复原样。")


@command
async def appeal(code: str, words: str, *, by: Person, at: datetime) -> None:
    """Appeal against what was done to one's own words: first here, then to the street or a third party.

    Raises:
        Hidden: it is not this person's.
        MovedOn: it was appealed against already, or taken back.
        Unfit: no words, too many, or the time for it is over.
    """
    hiding = await Hiding.get_or_none(code=code, author_id=by.id)
    if hiding is None:
        raise Hidden("没有找到这条处理记录。可能地址抄错了，也可能您还没有权限看。")
    check_words(words)
    if not words:
        raise Unfit("请写一写您为什么不同意。", field="words")
    level = 2 if hiding.state is State.UPHELD else 1
    await _in_time(hiding, level, at)
    due = answer_by(at, await calendar_at(), level=level)
    await move(hiding, "appeal", at=at)
    await Appeal.create(hiding=hiding, level=level, words=words, at=at, due_at=due)
    await set_timer(EXPIRE, hiding.key, due, key=f"answer-{level}", community_id=hiding.community_id)
    await note("content.appealed", hiding, by=by, at=at, level=level)
    await _ask_deciders(hiding, level, by, at)


async def until(hiding: Hiding) -> datetime:
    """Return when the time for appealing ends: the first time, or once more after an answer."""
    first = await Appeal.get_or_none(hiding_id=hiding.id, level=1)
    if hiding.state is State.UPHELD and first and first.answered_at:
        return review_until(first.answered_at)
    return appeal_until(hiding.effective_at or hiding.at)


async def _in_time(hiding: Hiding, level: int, at: datetime) -> None:
    if at < await until(hiding):
        return
    if level == 1:
        raise Unfit("六个月的申诉期已经过了。还有问题，请到街道反映。", field="words")
    raise Unfit("再次申诉的十天已经过了。还有问题，请到街道反映。", field="words")


async def _ask_deciders(hiding: Hiding, level: int, by: Person, at: datetime) -> None:
    free = [number for number in await deciders(hiding, level, at=at) if number != by.id]
    sentence = "有一件申诉等您答复。到期没有答复，内容会自动恢复。"
    await tell(free, sentence, {}, url=url_of(hiding), at=at, topic="moderation", binding=True)


@command
async def answer(code: str, words: str, *, restore: bool, by: Person, at: datetime) -> None:
    """Answer the appeal that waits: take the decision back or uphold it, and say why.

    Raises:
        Forbidden: this person answers no appeals here, had a part in it, or works with or under who had.
        MovedOn: it was answered meanwhile, or the clock ran out.
        Unfit: no reason was written, or one too long.
    """
    hiding = await Hiding.get(code=code)
    level = DISPUTED.get(hiding.state)
    if level is None:
        raise MovedOn(STALE)
    if not await may_answer(hiding, level, by, at=at):
        raise Forbidden(APART)
    check_words(words)
    if not words:
        raise Unfit("请写明理由，作者会看到。", field="words")
    await move(hiding, "reverse" if restore else "uphold", at=at)
    await Appeal.filter(hiding_id=hiding.id, level=level).update(
        answer=words, granted=restore, answered_by_id=by.id, answered_at=at
    )
    await cancel_timers(EXPIRE, hiding.key)
    await note("content.appeal-granted" if restore else "content.appeal-refused", hiding, by=by, at=at, level=level)
    if restore:
        await take_back(hiding, at=at)
    kept = REFUSED if level == 1 else CLOSED
    await tell_author(hiding, GRANTED if restore else kept, at=at)


@command
async def expire(subject: str, at: datetime) -> None:
    """Take back what nobody answered for in time; the timer calls this."""
    hiding = await Hiding.get(code=subject.removeprefix("hiding-"))
    await move(hiding, "expire", at=at)
    await note("content.appeal-expired", hiding, by=None, at=at)
    await take_back(hiding, at=at)
    await tell_author(hiding, LATE, at=at)


@command
async def serve(subject: str, at: datetime) -> None:
    """Take back what has lasted as long as its reason allows; the timer calls this."""
    hiding = await Hiding.get(code=subject.removeprefix("hiding-"))
    await move(hiding, "serve", at=at)
    await cancel_timers(EXPIRE, hiding.key)
    await note("content.served", hiding, by=None, at=at)
    await take_back(hiding, at=at)
    await tell_author(hiding, SERVED, at=at)


TIMERS: Final = {LAPSE: lapse, EXPIRE: expire, SERVE: serve, MAIL: mail_done, MAIL_BATCH: mail_batch}
"""What happens when a clock of moderation runs out."""
