"""Appealing against a hiding, and answering: by somebody who had no part in it, in time, or it is restored."""

from datetime import datetime
from typing import Final

from community.calendar.queries import calendar_at
from community.errors import Forbidden, Hidden, Unfit
from community.moderation.content import find_content, find_visible
from community.moderation.hiding import LAPSE, colleagues, lapse, move, note
from community.moderation.letters import tell_author, url_of
from community.moderation.models import Hiding, Report
from community.moderation.reporting import check_words
from community.moderation.rules import answer_by, appeal_until
from community.notice.commands import tell
from community.people.models import Person
from community.people.roles import people_with, require_in_place, roles_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may, require
from community.timers.commands import cancel_timers, set_timer
from community.words import N_

EXPIRE: Final = "moderation.expire"
GRANTED: Final = N_("您的申诉成立，内容已经恢复显示。")
REFUSED: Final = N_("您的申诉有答复了：维持收起，理由请看处理记录。")


@command
async def appeal(code: str, words: str, *, by: Person, at: datetime) -> None:
    """Appeal against the hiding of one's own words.

    Raises:
        Hidden: it is not this person's.
        MovedOn: it was appealed against already, or restored.
        Unfit: no words, too many, or six months are over.
    """
    hiding = await Hiding.get_or_none(code=code, author_id=by.id)
    if hiding is None:
        raise Hidden("没有找到这条处理记录。可能地址抄错了，也可能您还没有权限看。")
    check_words(words)
    if not words:
        raise Unfit("请写一写您为什么不同意。", field="words")
    if at >= appeal_until(hiding.at):
        raise Unfit("六个月的申诉期已经过了。还有问题，请到街道反映。", field="words")
    due = answer_by(at, await calendar_at())
    await move(hiding, "appeal", at=at, appeal=words, appealed_at=at, answer_due=due)
    await set_timer(EXPIRE, hiding.key, due, key="answer", community_id=hiding.community_id)
    await note("content.appealed", hiding, by=by, at=at)
    deciders = await people_with(Right.APPEAL_DECIDE, place_id=hiding.community_id, at=at)
    free = [number for number in deciders if number not in (hiding.by_id, hiding.second_id, by.id)]
    await tell(
        free,
        "有一件申诉等您答复。五个工作日内没有答复，内容会自动恢复。",
        {},
        url=url_of(hiding),
        at=at,
        topic="moderation",
        binding=True,
    )


@command
async def answer(code: str, words: str, *, restore: bool, by: Person, at: datetime) -> None:
    """Answer an appeal: restore the words or uphold the hiding, and say why.

    Raises:
        Forbidden: this person answers no appeals here, or had a part in it.
        MovedOn: it was answered meanwhile, or the clock ran out.
        Unfit: no reason was written, or one too long.
    """
    hiding = await Hiding.get(code=code)
    await require_in_place(by, hiding.community_id, Right.APPEAL_DECIDE, at=at)
    await _no_part(hiding, by, at)
    check_words(words)
    if not words:
        raise Unfit("请写明理由，作者会看到。", field="words")
    deed = "reverse" if restore else "uphold"
    await move(hiding, deed, at=at, answer=words, answered_by_id=by.id, answered_at=at)
    await cancel_timers(EXPIRE, hiding.key)
    await note("content.appeal-granted" if restore else "content.appeal-refused", hiding, by=by, at=at)
    if restore:
        await (await find_content(hiding.subject)).restore(at=at)
    await tell_author(hiding, GRANTED if restore else REFUSED, at=at)


async def _no_part(hiding: Hiding, by: Person, at: datetime) -> None:
    involved = [number for number in (hiding.by_id, hiding.second_id) if number]
    reported = await Report.filter(subject=hiding.subject, reporter_id=by.id).exists()
    near = [await colleagues(by.id, number, at=at) for number in involved]
    if by.id in (*involved, hiding.author_id) or reported or any(near):
        raise Forbidden("申诉要由没有经手的人答复：不能是经办人、作者、举报人，也不能和经办人同一个单位。")


@command
async def expire(subject: str, at: datetime) -> None:
    """Restore what nobody answered for in time; the timer calls this."""
    hiding = await Hiding.get(code=subject.removeprefix("hiding-"))
    await move(hiding, "expire", at=at)
    await note("content.appeal-expired", hiding, by=None, at=at)
    await (await find_content(hiding.subject)).restore(at=at)
    await tell_author(hiding, "您的申诉没有按时答复，内容已经自动恢复显示。", at=at)


@command
async def read_original(subject: str, *, by: Person, at: datetime) -> str:
    """Return the words of ``subject`` without the mask; that somebody looked is recorded.

    Raises:
        Hidden: it is somebody's draft.
        Forbidden: this person neither moderates nor answers appeals there.
    """
    content = await find_visible(subject, by, at=at)
    roles = await roles_in_place(by, content.community_id, at=at)
    if not may(roles, Right.APPEAL_DECIDE):
        require(roles, Right.CONTENT_MODERATE)
    await record("content.unmasked", subject, by=by, at=at, community_id=content.community_id)
    return content.excerpt


TIMERS: Final = {LAPSE: lapse, EXPIRE: expire}
"""What happens when a clock of moderation runs out."""
