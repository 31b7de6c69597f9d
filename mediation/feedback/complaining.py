"""Complaining about a mediator, or that words were carried outside; the director answers, nobody is punished by itself.

Legal basis: 人民调解法 15, 人民调解工作若干规定 (监督). The mediator who is meant neither reads nor answers it.
"""

from collections.abc import Iterable
from datetime import datetime

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import orgs_where, require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.case.access import Seat
from mediation.case.keys import carry, lock_in, opened_in
from mediation.case.models import Assignment, Case
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.feedback.grievances import NEXT, OF_MEDIATOR, Grievance, Looked
from mediation.feedback.models import CaseComplaint

GONE = "没有找到这份投诉。请从工作台进入，或者换一个账号登录。"


@command
async def complain(code: str, grievance: Grievance, words: str, *, by: Person, at: datetime) -> CaseComplaint:
    """Complain as a party; whoever leads may say that words were carried outside, and nothing of themselves.

    Raises:
        Hidden: ``by`` is neither.
        Unfit: nothing is written, or it is not theirs to say.
        MovedOn: the same complaint waits for its answer.
    """
    case, leads = await _near(code, by, at)
    told = fitting(words, "words")
    if not told:
        raise Unfit("请写一写发生了什么，在什么时候。", field="words")
    if leads and grievance in OF_MEDIATOR:
        raise Unfit("调解员这里只能报有人把谈话传到外面。", field="grievance")
    if await CaseComplaint.filter(case_id=case.id, raised_by_id=by.id, grievance=grievance, looked="open").exists():
        raise MovedOn("您已经投诉过这一项，正在等答复。")
    lead = await Assignment.filter(case_id=case.id).order_by("-id").first().select_related("mediator")
    about = lead.mediator if lead and grievance in OF_MEDIATOR else None
    row = CaseComplaint(case=case, about=about, grievance=grievance, raised_by=by, raised_at=at)
    carry(case, row)
    row.words = lock_in(row, told, about=_about(row, "words"))
    await row.save()
    where = case.community_id
    await record(
        "complaint.raised", case.key, by=None, at=at, community_id=where, complaint=row.id, grievance=grievance
    )
    return row


async def _near(code: str, by: Person, at: datetime) -> tuple[Case, bool]:
    case, seats = await visible_case(by, code, at=at)
    leads = Seat.MEDIATOR in seats
    if not leads and not await stood_for(by, case.id, at=at):
        raise Hidden(HIDDEN)
    return case, leads


@command
async def look(code: str, looked: Looked, words: str, *, by: Person, at: datetime) -> CaseComplaint:
    """Answer a complaint with the reason, as a director whom it is not about.

    Raises:
        Unfit: no reason is given.
        MovedOn: it was answered already.
    """
    row = await complaint_of(by, code, at=at)
    await require_in_org(by, row.case.org_id, Right.CASE_DIRECT, at=at)
    told = fitting(words, "answer")
    if not told:
        raise Unfit("请写明查了什么，结果怎样；投诉的人会看到。", field="answer")
    if looked not in NEXT[Looked.OPEN]:
        raise Unfit("请选属实还是不属实。", field="looked")
    changes = {"looked": looked, "answered_by_id": by.id, "answered_at": at}
    text = lock_in(row, told, about=_about(row, "answer"))
    if not await CaseComplaint.filter(id=row.id, looked=Looked.OPEN).update(**changes, answer=text):
        raise MovedOn("这份投诉已经答复过了，请刷新后再看。")
    where, key = row.case.community_id, row.case.key
    await record("complaint.answered", key, by=by, at=at, community_id=where, complaint=row.id, looked=looked)
    row.update_from_dict({**changes, "answer": text})
    return row


async def complaint_of(me: Person, code: str, *, at: datetime) -> CaseComplaint:
    """Return a complaint for a director of the body whom it is not about; else raise `Hidden`."""
    heads = await orgs_where(me, Right.CASE_DIRECT, at=at)
    found = CaseComplaint.filter(code=code, case__org_id__in=heads).select_related("case", "about", "raised_by")
    row = await found.first() if heads else None
    if row is None or me.id in {row.about_id, row.raised_by_id}:
        raise Hidden(GONE)
    return row


async def complaints_for(me: Person, *, at: datetime) -> list[CaseComplaint]:
    """Return the complaints of the bodies that ``me`` directs, those that wait first; none about themselves."""
    heads = await orgs_where(me, Right.CASE_DIRECT, at=at)
    if not heads:
        raise Hidden("只有调委会主任看得到。请换一个账号登录。")
    rows = await CaseComplaint.filter(case__org_id__in=heads).order_by("-id").limit(200).select_related("case")
    return sorted((each for each in rows if each.about_id != me.id), key=lambda each: each.looked is not Looked.OPEN)


async def own_complaints(me: Person, code: str, *, at: datetime) -> tuple[Case, list[CaseComplaint], bool]:
    """Return a case, what ``me`` complained of in it, and whether they lead it."""
    case, leads = await _near(code, me, at)
    return case, await CaseComplaint.filter(case_id=case.id, raised_by_id=me.id).order_by("-id"), leads


async def counted(cases: Iterable[int]) -> dict[int, int]:
    """Return how many complaints about mediators each of these cases has."""
    rows = CaseComplaint.filter(case_id__in=list(cases)).exclude(about_id=None)
    found: dict[int, int] = {}
    for each in await rows.only("id", "case_id"):
        found[each.case_id] = found.get(each.case_id, 0) + 1
    return found


def opened_complaint(row: CaseComplaint, column: str) -> str:
    """Return the words or the answer of a complaint in the clear."""
    text: str = getattr(row, column)
    return opened_in(row, text, about=_about(row, column))


def _about(row: CaseComplaint, column: str) -> str:
    return f"complaint|{row.code}|{column}"
