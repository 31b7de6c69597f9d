"""Hiding something with a reason, and the second pair of eyes."""

from dataclasses import dataclass
from datetime import datetime

from community.errors import Forbidden, MovedOn, Unfit
from community.moderation.content import Content, find_content, find_visible
from community.moderation.letters import tell_author, url_of
from community.moderation.models import Hiding, Report
from community.moderation.reporting import check_words, close_reports, no_own_matter
from community.moderation.rules import CONFIRM_WITHIN, HIDDEN, LIVE, MOVES, TERMS, Reason, Source, State, Verdict
from community.moderation.rules import first_state as begins
from community.notice.commands import tell
from community.people.models import Holding, Person
from community.people.roles import holdings_at, people_with, require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.timers.commands import cancel_timers, set_timer

LAPSE = "moderation.lapse"


@dataclass(frozen=True, slots=True)
class Order:
    """Why something is hidden, what its author is told, and what the reason has to be backed by."""

    reason: Reason
    words: str
    link: str = ""
    document: str = ""


@command
async def hide(subject: str, order: Order, *, by: Person, at: datetime) -> Hiding:
    """Hide ``subject``, or ask a second person to where many stand behind it. The author is told at once.

    Raises:
        Hidden: it is somebody's draft.
        Forbidden: this person moderates elsewhere.
        MovedOn: it is hidden already, or somebody asked for it.
        Unfit: the reason does not hide, lacks its paper, or the person would judge their own words or report.
    """
    content = await find_visible(subject, by, at=at)
    await require_in_place(by, content.community_id, Right.CONTENT_MODERATE, at=at)
    check_order(order)
    await no_own_matter(subject, content.owner_id, by)
    hiding = await _write(subject, content, order, by, at)
    await _note_hidden(hiding, by, at)
    if hiding.state in HIDDEN:
        await content.hide(order.reason.value, at=at)
        await tell_author(hiding, "您的一条内容被收起了（理由 {reason}）。不同意，可以在六个月内申诉。", at=at)
    if hiding.state is not State.STANDING:
        await _ask_second(hiding, at)
    await close_reports(subject, Verdict.HIDE, at=at)
    return hiding


def check_order(order: Order) -> None:
    """Raise `Unfit` unless the reason may hide and has what it asks for."""
    terms = TERMS[order.reason]
    check_words(order.words)
    if not terms.hides:
        raise Unfit("“与主题无关”只能移走，不能收起。", field="reason")
    if not order.words:
        raise Unfit("请给作者写一句话，说明怎么改就能重新显示。", field="words")
    if terms.link and not order.link.startswith(("https://", "http://")):
        raise Unfit("说内容不实，要附上更正文件的网址（https://…）。意见和评价不算不实。", field="link")
    if terms.document and not order.document:
        raise Unfit("有权机关要求的，要写明公文文号。", field="document")


async def _write(subject: str, content: Content, order: Order, by: Person, at: datetime) -> Hiding:
    reported = await Report.filter(subject=subject, closed_at=None).exists()
    source = Source.AUTHORITY if order.reason is Reason.AUTHORITY else Source.OWN
    hiding = Hiding(
        community_id=content.community_id,
        subject=subject,
        author_id=content.owner_id,
        reason=order.reason,
        words=order.words,
        link=order.link,
        document=order.document,
        source=Source.REPORT if reported and source is Source.OWN else source,
        state=begins(order.reason, protected=content.protected),
        text_hash=content.text_hash,
        by=by,
        at=at,
        live=subject,
    )
    await Hiding.bulk_create([hiding], ignore_conflicts=True)
    written = await Hiding.get_or_none(code=hiding.code)
    if written is None:  # ``live`` is unique: somebody else was faster
        raise MovedOn("这条内容已经收起，或者正等第二个人同意。请看它的处理记录。")
    return written


async def _note_hidden(hiding: Hiding, by: Person, at: datetime) -> None:
    """Put the hash of the words into the record before they disappear."""
    await record(
        "content.hidden",
        hiding.subject,
        by=by,
        at=at,
        community_id=hiding.community_id,
        hiding=hiding.code,
        reason=hiding.reason.value,
        state=hiding.state.value,
        text_hash=hiding.text_hash,
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
        Forbidden: this person moderates elsewhere, began it, wrote it, or works where the first one does.
        MovedOn: it was decided meanwhile.
    """
    hiding = await _get(code)
    await require_in_place(by, hiding.community_id, Right.CONTENT_MODERATE, at=at)
    reported = await Report.filter(subject=hiding.subject, reporter_id=by.id).exists()
    if by.id in (hiding.by_id, hiding.author_id) or reported or await colleagues(by.id, hiding.by_id, at=at):
        raise Forbidden("第二个人要换一位：不能是经办人、作者、举报人，也不能和经办人同一个单位。")
    was = hiding.state
    await move(hiding, "confirm" if agree else "refuse", at=at, second_id=by.id)
    await cancel_timers(LAPSE, hiding.key)
    await note("content.hiding-seconded" if agree else "content.hiding-refused", hiding, by=by, at=at)
    content = await find_content(hiding.subject)
    if agree and was is State.ASKED:
        await content.hide(hiding.reason.value, at=at)
        await tell_author(hiding, "您的一条内容被收起了（理由 {reason}）。不同意，可以在六个月内申诉。", at=at)
    elif not agree and was is State.URGENT:
        await content.restore(at=at)
        await tell_author(hiding, "您的一条内容已经恢复显示。", at=at)


@command
async def lapse(subject: str, at: datetime) -> None:
    """Undo what nobody confirmed in time; the timer calls this."""
    hiding = await _get(subject.removeprefix("hiding-"))
    was = hiding.state
    await move(hiding, "lapse", at=at)
    await note("content.hiding-lapsed", hiding, by=None, at=at)
    if was is State.URGENT:
        await (await find_content(hiding.subject)).restore(at=at)
        await tell_author(hiding, "您的一条内容已经恢复显示。", at=at)


async def move(hiding: Hiding, deed: str, *, at: datetime, **more: object) -> None:
    """Move ``hiding`` on by ``deed``, if nobody was faster; what ends it frees its subject.

    Raises:
        MovedOn: from where it stands now that cannot be done.
    """
    target = MOVES.get((hiding.state, deed))
    if target is None:
        raise MovedOn("这条处理已经往前走了一步，请刷新后再看。")
    ended: dict[str, object] = {} if target in LIVE else {"live": None, "ended_at": at}
    if not await Hiding.filter(id=hiding.id, state=hiding.state).update(state=target, **ended, **more):
        raise MovedOn("这条处理已经往前走了一步，请刷新后再看。")
    hiding.state = target


async def note(kind: str, hiding: Hiding, *, by: Person | None, at: datetime) -> None:
    """Record what became of ``hiding``."""
    await record(kind, hiding.subject, by=by, at=at, community_id=hiding.community_id, hiding=hiding.code)


async def colleagues(one: int, other: int, *, at: datetime) -> bool:
    """Return whether two people hold roles in the same organisation."""
    held = await holdings_at(at).filter(person_id__in=[one, other]).exclude(org_id=None)
    return bool(_orgs(held, one) & _orgs(held, other))


def _orgs(held: list[Holding], person_id: int) -> set[int | None]:
    return {each.org_id for each in held if each.person_id == person_id}


async def _get(code: str) -> Hiding:
    return await Hiding.get(code=code)
