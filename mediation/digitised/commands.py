"""Bringing the scans of a paper dossier in, with what is written on its cover."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from community.calendar.rules import local_day
from community.errors import Forbidden, Unfit
from community.orgs.models import Org
from community.people.models import Person
from community.record.transaction import command
from mediation.archive.rules import Retention, kept_until
from mediation.digitised.keeping import KeptCopy, mark_of, put_name, put_words
from mediation.digitised.models import PaperDossier, PaperName, PaperScan
from mediation.digitised.rules import FIRST_YEAR, NUMBER, PARTIES, PARTY, CopyStage, Keeps, first_pages
from mediation.digitised.steps import keeps, note
from mediation.intake.rules import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is written on the cover of a paper dossier; ``sheets`` is how many pages the paper has."""

    number: str
    kind: Kind
    parties: tuple[str, ...]
    began_on: date
    closed_on: date
    retention: Retention
    sheets: int
    lies: str = ""
    how: str = ""


@command
async def bring(org: Org, told: Described, copy: KeptCopy, *, by: Person, at: datetime) -> PaperDossier:
    """Put the scans of a paper dossier on the list, to be compared with the paper by somebody else.

    Raises:
        Forbidden: ``by`` does not keep the shelf of the body.
        Unfit: the cover is incomplete, the number is there already, or the pages are not as many as the paper has.
    """
    if Keeps.SHELF not in await keeps(by, org.id, at=at):
        raise Forbidden("只有本单位的档案员可以导入旧卷。")
    _checked(told, copy, today=local_day(at))
    number = "".join(told.number.split())
    if await PaperDossier.filter(org_id=org.id, number=number).exclude(stage=CopyStage.RETURNED).exists():
        raise Unfit("这个卷号已经导入过了。请核对封面上的卷号。", field="number")
    dossier = PaperDossier(
        code=copy.code,
        data_key=copy.data_key,
        community_id=by.community_id,
        org=org,
        number=number,
        year=told.closed_on.year,
        kind=told.kind.value,
        began_on=told.began_on,
        closed_on=told.closed_on,
        retention=told.retention,
        kept_until=kept_until(told.retention, told.closed_on),
        lies=told.lies,
        how=told.how,
        source=copy.source,
        pages=told.sheets,
        scanned_by=by,
        scanned_at=at,
    )
    dossier.parties = put_words(dossier, "parties", "\n".join(told.parties))
    await dossier.save(force_create=True)
    await _list(dossier, copy)
    await PaperName.bulk_create([PaperName(dossier=dossier, mark=mark_of(each)) for each in told.parties])
    facts: dict[str, Any] = {"pages": told.sheets, "files": [each.found.sha256 for each in copy.scans]}
    await note(dossier, "scanned", by=by, at=at, **facts)
    return dossier


def _checked(told: Described, copy: KeptCopy, *, today: date) -> None:
    pages = sum(each.found.pages for each in copy.scans)
    if not 0 < len("".join(told.number.split())) <= NUMBER:
        raise Unfit("请照封面写卷号，最多 {n} 个字。", field="number", n=NUMBER)
    if not 0 < len(told.parties) <= PARTIES or any(not 0 < len(each) <= PARTY for each in told.parties):
        raise Unfit("请写当事人姓名，一行一位，每位最多 {n} 个字。", field="parties", n=PARTY)
    if not date(FIRST_YEAR, 1, 1) <= told.began_on <= told.closed_on <= today:
        raise Unfit("结案日期要在立案日期之后、今天之前。请核对两个日期。", field="closed_on")
    if pages != told.sheets:
        raise Unfit("纸卷有 {n} 页，扫描件有 {m} 页。请补扫，或者改正页数。", field="sheets", n=told.sheets, m=pages)


async def _list(dossier: PaperDossier, copy: KeptCopy) -> None:
    begins = first_pages(each.found.pages for each in copy.scans)
    await PaperScan.bulk_create(
        [
            PaperScan(
                code=each.code,
                dossier=dossier,
                row=row,
                name=put_name(dossier, each.code, each.title),
                media_type=each.found.media_type,
                pages=each.found.pages,
                begins=begins[row - 1],
                size=each.found.size,
                sha256=each.found.sha256,
                key=each.key,
            )
            for row, each in enumerate(copy.scans, 1)
        ]
    )
