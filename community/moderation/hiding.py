"""Doing something about what somebody wrote, with a reason, and the second pair of eyes."""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, MovedOn
from community.moderation.claiming import free_for
from community.moderation.content import Content, find_content, find_visible
from community.moderation.effects import lock, put_into_effect, take_back
from community.moderation.letters import tell_author, tell_done, url_of
from community.moderation.models import Hiding, Report
from community.moderation.moving import move, note
from community.moderation.offices import colleagues
from community.moderation.orders import Order, check_fits, check_order
from community.moderation.reporting import close_reports, no_own_matter
from community.moderation.rules import CONFIRM_WITHIN, Measure, Reason, Source, Verdict
from community.moderation.states import IN_EFFECT, State, first_state
from community.notice.commands import tell
from community.people.models import Person
from community.people.roles import people_with, require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import cancel_timers, set_timer
from community.words import N_

__all__ = ["Order", "hide", "lapse", "second"]

LAPSE: Final = "moderation.lapse"
VERDICTS: Final = {Measure.MASK: Verdict.MASK, Measure.MOVE: Verdict.MOVE}
TAKEN: Final = N_("这条内容已经处理，或者正等第二个人同意。请看它的处理记录。")
RESTORED: Final = N_("您的一条内容已经恢复原样。")


@command
async def hide(subject: str, order: Order, *, by: Person, at: datetime) -> Hiding:
    """Do what ``order`` says, or ask a second person to where many stand behind it. The author is told at once.

    Raises:
        Hidden: it is somebody's draft.
        Forbidden: this person moderates elsewhere.
        MovedOn: something was done already, somebody asked for it, or a colleague is working on it.
        Unfit: the reason does not carry it, lacks its paper, or the person would judge their own words or report.
    """
    hiding = await decide(subject, order, by=by, at=at)
    if hiding.state in IN_EFFECT:
        await tell_done(hiding, at=at)
    if hiding.state is not State.STANDING:
        await _ask_second(hiding, at)
    return hiding


async def decide(subject: str, order: Order, *, by: Person, at: datetime, batch: str = "") -> Hiding:
    """Check, store, put into effect and record one decision; inside a command, which tells the author."""
    content = await find_visible(subject, by, at=at)
    await require_in_place(by, content.community_id, Right.CONTENT_MODERATE, at=at)
    check_order(order)
    check_fits(order, content)
    await no_own_matter(subject, content.owner_id, by)
    await free_for(subject, by, at=at)
    hiding = await _write(subject, content, order, by=by, at=at, batch=batch)
    await _note_decided(hiding, by, at)
    await close_reports(subject, VERDICTS.get(order.measure, Verdict.HIDE), at=at)
    return hiding


async def _write(subject: str, content: Content, order: Order, *, by: Person, at: datetime, batch: str) -> Hiding:
    hiding = Hiding(
        community_id=content.community_id,
        subject=subject,
        author_id=content.owner_id,
        measure=order.measure,
        reason=order.reason,
        words=order.words,
        link=order.link,
        document=order.document,
        target=order.target,
        source=await _source(subject, order),
        state=first_state(order.reason, protected=content.protected),
        batch=batch,
        text_hash=content.text_hash,
        by=by,
        at=at,
        live=subject,
    )
    hiding.conceal = lock(hiding, "\n".join(order.conceal), "conceal")
    if await Hiding.filter(live=subject).exists():
        raise MovedOn(TAKEN)
    if hiding.state in IN_EFFECT:
        await put_into_effect(hiding, content, at=at)
    await Hiding.bulk_create([hiding], ignore_conflicts=True)
    written = await Hiding.get_or_none(code=hiding.code)
    if written is None:  # ``live`` is unique: somebody else was faster, and all of this is undone
        raise MovedOn(TAKEN)
    return written


async def _source(subject: str, order: Order) -> Source:
    if order.reason is Reason.AUTHORITY:
        return Source.AUTHORITY
    reported = await Report.filter(subject=subject, closed_at=None).exists()
    return Source.REPORT if reported else Source.OWN


async def _note_decided(hiding: Hiding, by: Person, at: datetime) -> None:
    """Put the hashes of the words, before and after, into the record."""
    await record(
        "content.hidden",
        hiding.subject,
        by=by,
        at=at,
        community_id=hiding.community_id,
        hiding=hiding.code,
        measure=hiding.measure.value,
        reason=hiding.reason.value,
        state=hiding.state.value,
        text_hash=hiding.text_hash,
        masked_hash=hiding.masked_hash,
    )


async def _ask_second(hiding: Hiding, at: datetime) -> None:
    due = at + CONFIRM_WITHIN
    await set_timer(LAPSE, hiding.key, due, key="second", community_id=hiding.community_id)
    moderators = await people_with(Right.CONTENT_MODERATE, place_id=hiding.community_id, at=at)
    others = [number for number in moderators if number not in (hiding.by_id, hiding.author_id)]
    await tell(
        others,
        "收起一条很多人支持的内容，要您来做第二个人。24小时内没有人同意就作废。",
        {},
        url=url_of(hiding),
        at=at,
        topic="moderation",
        binding=True,
    )


@command
async def second(code: str, *, agree: bool, by: Person, at: datetime) -> None:
    """Confirm or refuse what one moderator began; from another organisation, and no part of the matter.

    Raises:
        Forbidden: this person moderates elsewhere, began it, wrote it, reported it, or works where the first one does.
        MovedOn: it was decided meanwhile.
    """
    hiding = await Hiding.get(code=code)
    await require_in_place(by, hiding.community_id, Right.CONTENT_MODERATE, at=at)
    await may_second(hiding, by, at=at)
    was = hiding.state
    await move(hiding, "confirm" if agree else "refuse", at=at, second_id=by.id)
    await cancel_timers(LAPSE, hiding.key)
    if agree and was is State.ASKED:
        await _carry_out(hiding, at)
    elif not agree and was is State.URGENT:
        await take_back(hiding, at=at)
        await tell_author(hiding, RESTORED, at=at)
    kind = "content.hiding-seconded" if agree else "content.hiding-refused"
    await note(kind, hiding, by=by, at=at, masked_hash=hiding.masked_hash)


async def may_second(hiding: Hiding, by: Person, *, at: datetime) -> None:
    """Raise `Forbidden` unless ``by`` is independent of who began it, wrote it and reported it."""
    reported = await Report.filter(subject=hiding.subject, reporter_id=by.id).exists()
    if by.id in (hiding.by_id, hiding.author_id) or reported or await colleagues(by.id, hiding.by_id, at=at):
        raise Forbidden("第二个人要换一位：不能是经办人、作者、举报人，也不能和经办人同一个单位。")


async def _carry_out(hiding: Hiding, at: datetime) -> None:
    """Do what was asked for, now that a second person agrees."""
    await put_into_effect(hiding, await find_content(hiding.subject), at=at)
    await hiding.save(update_fields=["effective_at", "told_at", "origin", "sealed", "masked_hash"])
    await tell_done(hiding, at=at)


@command
async def lapse(subject: str, at: datetime) -> None:
    """Undo what nobody confirmed in time; the timer calls this."""
    hiding = await Hiding.get(code=subject.removeprefix("hiding-"))
    was = hiding.state
    await move(hiding, "lapse", at=at)
    await note("content.hiding-lapsed", hiding, by=None, at=at)
    if was is State.URGENT:
        await take_back(hiding, at=at)
        await tell_author(hiding, RESTORED, at=at)
