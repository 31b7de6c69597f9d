"""Making a notice under a number, mending a paper by another, and voiding a number with its reason."""

from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.agreement.models import Agreement
from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.keys import destroyed, opened
from mediation.case.models import Case
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.papers.models import NumberedPaper
from mediation.papers.numbering import enter
from mediation.papers.rules import AT_REST, MENDING, MOST, NOTICES, REASON, WRITERS, Made, Notice
from mediation.papers.text import canonical, digest, locked_paper, notice_of, words_on

NO_NUMBER: Final = "没有找到这个编号。请回到编号页再选。"


def may_write(seats: frozenset[Seat], case: Case) -> bool:
    """Return whether somebody in these seats makes notices in this case now: an office that may read who is who.

    Nobody does once what was told in it is destroyed: its key is gone, and a paper would lie open.
    """
    whole = letter(seats & WRITERS, Thing.NAMES, case.state) is Grade.WHOLE
    return bool(seats & WRITERS) and whole and not destroyed(case)


@command
async def issue(code: str, made: Made, words: str, *, by: Person, at: datetime) -> NumberedPaper:
    """Make a notice: it takes the next number of its series, and what it says is hashed and locked.

    Raises:
        Hidden: the case is not there for ``by``, or such a notice is not made by hand.
        Forbidden: ``by`` makes no notices in it.
        Unfit: the case does not stand where such a notice is made, or nothing was written into it.
    """
    case, seats = await visible_case(by, code, at=at)
    notice = NOTICES.get(made)
    if notice is None:
        raise Hidden(HIDDEN)
    _allowed(case, seats, notice)
    return await _made(case, notice, made, words, by=by, at=at)


@command
async def correct(paper_code: str, words: str, *, by: Person, at: datetime) -> NumberedPaper:
    """Mend a slip of the pen in a numbered paper by a paper of its own that names it.

    Raises:
        Hidden: there is no such number for ``by``.
        Forbidden: ``by`` makes no notices in that case.
        Unfit: the paper is void, mends another itself, or nothing was written.
    """
    row = await _line(paper_code)
    case, seats = await visible_case(by, row.case.code, at=at)
    _allowed(case, seats, MENDING)
    if row.voided_at:
        raise Unfit("这个编号已经作废，不用补正。请重新出一份。", field="words")
    if row.mends_id:
        raise Unfit("这是补正书。写错了请作废它，再对原来的文书补正一次。", field="words")
    return await _made(case, MENDING, Made.CORRECTED, words, mends=row, by=by, at=at)


@command
async def void(paper_code: str, reason: str, *, by: Person, at: datetime) -> NumberedPaper:
    """Void a number: it stays in the book with the reason and is never given again.

    Raises:
        Hidden: there is no such number.
        Forbidden: ``by`` does not direct the body whose number it is, or what was told in the case is destroyed.
        Unfit: no reason is given, the case that bears it is still under way, or an agreement in effect bears it.
        MovedOn: it is void already.
    """
    row = await _line(paper_code)
    await require_in_org(by, row.org_id, Right.CASE_DIRECT, at=at)
    told = _written(reason, "reason", REASON)
    case: Case = row.case
    if destroyed(case):
        raise Forbidden("这件事的内容已经按规定销毁，它的编号不能再改。")
    if row.made in (Made.CASE, Made.LETTER) and case.state not in AT_REST:
        raise Unfit("这件事还在办，它的编号不能作废。请先办结，或者用补正书改正。", field="reason")
    under = Agreement.filter(case_id=case.id, number__startswith=row.number).exclude(effective_at=None)
    if row.made is Made.CASE and await under.exists():
        raise Unfit("这个编号下有已经生效的协议，不能作废。写错了请出补正书。", field="reason")
    changes = {"voided_at": at, "voided_by_id": by.id, "void_reason": locked_paper(case, row, told, what="void")}
    if not await NumberedPaper.filter(id=row.id, voided_at=None).update(**changes):
        raise MovedOn("这个编号已经作废了，请刷新后再看。")
    facts: dict[str, Any] = {"number": row.number, "made": row.made, "seq": row.seq}
    await record("number.voided", case.key, by=by, at=at, community_id=row.community_id, paper=row.code, **facts)
    return await NumberedPaper.get(id=row.id)


async def _line(paper_code: str) -> NumberedPaper:
    row = await NumberedPaper.get_or_none(code=paper_code).select_related("case__org")
    if row is None:
        raise Hidden(NO_NUMBER)
    return row


def _allowed(case: Case, seats: frozenset[Seat], notice: Notice) -> None:
    if not may_write(seats, case):
        raise Forbidden("只有承办单位的受理员、调解员和负责人才能出文书。")
    if case.state not in notice.states:
        raise Unfit("这件事现在不出这种文书，请刷新后再选。", field="made")


def _written(words: str, field: str, most: int) -> str:
    told = words.strip()
    if not told:
        raise Unfit("请写明内容，几句话就行。", field=field)
    if len(told) > most:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(told), most=most)
    return told


async def _made(
    case: Case, notice: Notice, made: Made, words: str, *, mends: NumberedPaper | None = None, by: Person, at: datetime
) -> NumberedPaper:
    told = _written(words, "words", MOST)
    row = await enter(case, notice.kind, made, by=by, at=at)
    text = canonical(await _told(case, row, notice, told, mends))
    row.body, row.sha256, row.mends = locked_paper(case, row, text), digest(text), mends
    await row.save(update_fields=["body", "sha256", "mends_id"])
    facts: dict[str, Any] = {"number": row.number, "made": made, "sha256": row.sha256}
    facts |= {"mends": mends.number} if mends else {}
    await record("paper.issued", case.key, by=by, at=at, community_id=case.community_id, paper=row.code, **facts)
    return row


async def _told(
    case: Case, row: NumberedPaper, notice: Notice, words: str, mends: NumberedPaper | None
) -> dict[str, Any]:
    parties = "、".join(opened(each, "name") for each in await parties_of(case))
    named = {"parties": parties, "org": case.org.name, "case": case.code, "title": "", "mends": ""}
    if mends:
        form = notice_of(mends.made)
        title = words_on(case, mends).get("title") or (form.title if form else TITLES[mends.made])
        named |= {"title": title, "mends": mends.number}
    return {
        "org": case.org.name,
        "title": notice.title,
        "number": row.number,
        "on": local_day(row.at).isoformat(),
        "lines": [line.format(**named) for line in notice.lines],
        "asked": notice.asked,
        "words": words,
    }


TITLES: Final = {Made.CASE: "受理登记表", Made.DOSSIER: "卷宗", Made.LETTER: "移送函"}
"""What is called what comes of a deed."""
