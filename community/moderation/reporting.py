"""Reporting something, and closing reports: what anybody may do, and what a moderator does when nothing is wrong."""

from datetime import datetime, timedelta
from typing import Final

from community.errors import MovedOn, TooOften, Unfit
from community.moderation.claiming import free_for
from community.moderation.content import find_content, find_visible
from community.moderation.models import Report
from community.moderation.reporters import limited
from community.moderation.rules import LIMITED_A_DAY, REPORTABLE, REPORTS_A_DAY, WORDS, Reason, Verdict
from community.notice.commands import tell
from community.people.models import Person
from community.people.roles import people_with, require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from community.words import N_


@command
async def report(subject: str, reason: Reason, words: str, *, by: Person, at: datetime) -> None:
    """Report ``subject``; a second report of the same person changes nothing while the first is open.

    Raises:
        Hidden: there is no such thing, or this person may not see it.
        Unfit: that is no reason for a report, or the words are too long.
        TooOften: this person reported very much within 24 hours.
    """
    content = await find_visible(subject, by, at=at)
    await require_in_place(by, content.community_id, Right.CONTENT_REPORT, at=at)
    _check(reason, words)
    await _not_too_often(by, at)
    row = Report(community_id=content.community_id, subject=subject, reporter_id=by.id, reason=reason, words=words)
    row.at, row.live = at, f"{subject}:{by.id}"
    await Report.bulk_create([row], ignore_conflicts=True)
    await record("content.reported", subject, by=by, at=at, community_id=content.community_id, reason=reason.value)
    moderators = await people_with(Right.CONTENT_MODERATE, place_id=content.community_id, at=at)
    await tell(
        moderators,
        "有一条内容被举报，请在24小时内看一看。",
        {},
        url="/moderation",
        at=at,
        topic="moderation",
        dedupe=f"report:{subject}:{at.date()}",
    )


async def _not_too_often(by: Person, at: datetime) -> None:
    lately = await Report.filter(reporter_id=by.id, at__gt=at - timedelta(days=1)).count()
    if lately >= REPORTS_A_DAY:
        raise TooOften("您今天举报得很多了，请等工作人员先看完这些，明天再报。", seconds=3600)
    if lately >= LIMITED_A_DAY and await limited(by.id):
        raise TooOften("您现在每天只能举报一次，请明天再报。为什么、怎么申诉，请看收件箱里的通知。", seconds=3600)


def _check(reason: Reason, words: str) -> None:
    if reason not in REPORTABLE:
        raise Unfit("请从给出的理由里选一个。", field="reason")
    check_words(words)


def check_words(words: str) -> None:
    """Raise `Unfit` when the words are too long."""
    if len(words) > WORDS:
        raise Unfit("最多写 {most} 个字，请删短一些。", field="words", most=WORDS)


@command
async def settle(subject: str, verdict: Verdict, words: str, *, by: Person, at: datetime) -> None:
    """Let reported content stay, or ask its author to move it (M5): nothing is hidden, everybody is told.

    Raises:
        Forbidden: this person moderates elsewhere.
        MovedOn: nobody's report is open any more.
        Unfit: the person would judge their own words or report.
    """
    content = await find_content(subject)
    await require_in_place(by, content.community_id, Right.CONTENT_MODERATE, at=at)
    check_words(words)
    await no_own_matter(subject, content.owner_id, by)
    await free_for(subject, by, at=at)
    if not await close_reports(subject, verdict, at=at):
        raise MovedOn("这条举报已经有人处理了，请看下一条。")
    if verdict is Verdict.MOVE and content.owner_id:
        await tell(
            [content.owner_id],
            "您的一条内容和所在的议题无关，没有收起，请移到合适的地方。",
            {},
            url=content.url,
            at=at,
            topic="moderation",
            binding=True,
        )
    await record(
        "content.kept",
        subject,
        by=by,
        at=at,
        community_id=content.community_id,
        verdict=verdict.value,
        text_hash=content.text_hash,
    )


async def no_own_matter(subject: str, owner_id: int | None, by: Person) -> None:
    """Raise `Unfit` when ``by`` wrote it or reported it: somebody else has to decide (回避)."""
    if owner_id == by.id or await Report.filter(subject=subject, reporter_id=by.id, closed_at=None).exists():
        raise Unfit("这件事和您本人有关，请换一位同事处理。", field="verdict")


REOPENED: Final = N_("您举报的内容，刚才的处理撤销了，会重新看。")
OUTCOMES: Final = {
    Verdict.KEEP: N_("您举报的内容看过了：没有违反规定，留着。"),
    Verdict.MASK: N_("您举报的内容看过了：已经打码，其余留着。"),
    Verdict.MOVE: N_("您举报的内容看过了：和议题无关，已移走或请作者移走。"),
    Verdict.HIDE: N_("您举报的内容看过了：已经处理。"),
}


async def close_reports(subject: str, verdict: Verdict, *, at: datetime) -> int:
    """Close the open reports on ``subject``, tell the reporters, and return how many there were."""
    reporters = [each.reporter_id for each in await Report.filter(subject=subject, closed_at=None)]
    closed = await Report.filter(subject=subject, closed_at=None).update(closed_at=at, verdict=verdict, live=None)
    await tell(reporters, OUTCOMES[verdict], {}, url="/moderation/log", at=at, topic="moderation")
    return closed


async def reopen_reports(subject: str, closed_at: datetime, *, at: datetime) -> None:
    """Let the reports that were closed at ``closed_at`` wait again, and say so to the reporters."""
    closed = await Report.filter(subject=subject, closed_at=closed_at)
    again = {each.live for each in await Report.filter(subject=subject, closed_at=None)}
    waiting = [each for each in closed if f"{subject}:{each.reporter_id}" not in again]
    for each in waiting:
        live = f"{subject}:{each.reporter_id}"
        await Report.filter(id=each.id).update(closed_at=None, verdict=None, live=live)
    people = [each.reporter_id for each in waiting]
    await tell(people, REOPENED, {}, url="/moderation/log", at=at, topic="moderation")
