"""What was written on paper while there was no power or network: its scan, and its acceptance on the day it bears.

Source: 人民调解法 17 (an oral or written request), 诉讼时效规定 12 (the day of the request counts, not that of keying).
"""

from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.files.commands import attach
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case
from mediation.case.noting import note
from mediation.case.queries import HIDDEN, visible_case
from mediation.intake.commands import accept_on
from mediation.intake.models import PaperForm

KEYS = frozenset({Seat.INTAKE, Seat.DIRECTOR})


async def paper_seen(code: str, *, by: Person, at: datetime) -> tuple[Case, PaperForm]:
    """Return a case that was written on paper with what is known of the sheet, for intake; else raise `Hidden`."""
    case, seats = await visible_case(by, code, at=at)
    paper = await PaperForm.get_or_none(case_id=case.id)
    if paper is None or not seats & KEYS:
        raise Hidden(HIDDEN)
    return case, paper


@command
async def scanned(code: str, upload: str, *, by: Person, at: datetime) -> PaperForm:
    """Put the scan of the sheet with the case; its hash stands on record, and a second scan is not taken."""
    case, paper = await paper_seen(code, by=by, at=at)
    if paper.scan:
        raise MovedOn("扫描件已经存好，不能再换。")
    kept = (await attach([upload], f"case_paper-{paper.id}", by=by, at=at))[0]
    changes = {"scan": kept.code, "sha256": kept.sha256}
    if not await PaperForm.filter(id=paper.id, scan="").update(**changes):
        raise MovedOn("扫描件已经存好，不能再换。")
    where = case.community_id
    await record("case.paper-scanned", case.key, by=by, at=at, community_id=where, sha256=kept.sha256)
    paper.update_from_dict(changes)
    return paper


@command
async def accept_as_written(code: str, on: date, *, by: Person, at: datetime) -> Case:
    """Accept as it was accepted on paper: the clocks count from that day, the number is given now, and a note says so.

    Raises:
        Unfit: the scan is missing, or the day is not between that of the sheet and today.
    """
    case, paper = await paper_seen(code, by=by, at=at)
    if not paper.scan:
        raise Unfit("请先把纸质申请扫描，存到这里。", field="file")
    if not local_day(paper.formed_at) <= on <= local_day(at):
        raise Unfit("受理的日期要在纸上申请的日期以后，不能晚于今天。", field="on")
    case = await accept_on(case.code, on, by=by, at=at)
    said = f"申请写在纸上，日期 {local_day(paper.formed_at)}，受理 {on}；{local_day(at)} 补录，编号按补录的先后给。"
    await note(case, Event.ACCEPT, said, by=by, at=at)
    return case
