"""Proposing a list, agreeing to it and destroying what it names, refusing it, taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.orgs.models import Org
from community.orgs.numbers import next_number
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.archive.erasing import erase
from mediation.archive.models import CaseDossier
from mediation.case.models import Case
from mediation.disposal.models import DisposalList, DisposalRow
from mediation.disposal.queries import decides, ripe, visible
from mediation.disposal.rules import LEAST, MOST, MOVED, SERIES, WORDS, Deed, DisposalStage, after, number_of


@command
async def propose(cases: Sequence[str], words: str, *, by: Person, at: datetime) -> DisposalList:
    """List dossiers, by the codes of their cases, that need not be kept any longer, and say what the appraisal found.

    Raises:
        Unfit: none or too many are chosen, they lie on different shelves, no opinion, or one may not be listed
            (its term runs, something holds it, it is listed or gone).
        Forbidden: ``by`` does not keep that shelf.
    """
    said, wanted = _fit(words, "words"), {code.upper() for code in cases}
    if not wanted or len(wanted) > MOST:
        raise Unfit("请勾选要销毁的案卷，一份清册最多 {n} 卷。", field="cases", n=MOST)
    able = {each.case.code: each for each in await ripe(by, at=at)}
    if missing := sorted(wanted - set(able)):
        raise Unfit("{code} 现在不能列进清册：期限没到、有事没了结，或者已经列了。", field="cases", code=missing[0])
    chosen = sorted((able[code] for code in wanted), key=lambda each: each.id)
    if len({each.org_id for each in chosen}) > 1:
        raise Unfit("一份清册只列一个单位的案卷，请分开列。", field="cases")
    org_id = chosen[0].org_id
    await require_in_org(by, org_id, Right.CASE_ARCHIVE, at=at)
    place = chosen[0].community_id
    made = await DisposalList.create(community_id=place, org_id=org_id, words=said, asked_by=by, asked_at=at)
    for n, each in enumerate(chosen, 1):
        await DisposalRow.create(disposal=made, row=n, dossier=each)
    facts: dict[str, Any] = {"org": org_id, "dossiers": [each.id for each in chosen]}
    await record("disposal.proposed", made.key, by=by, at=at, community_id=place, **facts)
    return made


@command
async def approve(code: str, *, by: Person, at: datetime) -> DisposalList:
    """Agree, and destroy everything on the list at once, all or nothing, under the next number of the body.

    Each dossier is looked at anew: one that something holds by now stops the whole list.

    Raises:
        Hidden: it is not of one's shelves.
        Forbidden: ``by`` proposed it or does not direct the body, the proposer keeps the shelf no longer, or a dossier
            may not be destroyed now.
        MovedOn: it was decided or taken back.
    """
    row = await _decided(code, Deed.APPROVE, by=by, at=at)
    org, year = await Org.get(id=row.org_id), local_day(at).year
    number = number_of(org.short_name, year, await next_number(org.id, SERIES, year))
    await _move(row, Deed.APPROVE, number=number, decided_by_id=by.id, decided_at=at)
    for each in await DisposalRow.filter(disposal_id=row.id).order_by("row"):
        bound = await CaseDossier.get(id=each.dossier_id)
        case = await Case.get(id=bound.case_id)
        gone = await erase(case.code, by=row.asked_by, second=by, at=at)
        await DisposalRow.filter(id=each.id).update(lines=gone)
    facts: dict[str, Any] = {"number": number, "asked_by": row.asked_by_id}
    await record("disposal.done", row.key, by=by, at=at, community_id=row.community_id, **facts)
    row.number = number
    return row


@command
async def refuse(code: str, why: str, *, by: Person, at: datetime) -> DisposalList:
    """Say no, and why.

    Raises:
        Hidden, Forbidden, MovedOn: as `approve`.
        Unfit: no reason.
    """
    row, said = await _decided(code, Deed.REFUSE, by=by, at=at), _fit(why, "why")
    await _move(row, Deed.REFUSE, why=said, decided_by_id=by.id, decided_at=at)
    await record("disposal.refused", row.key, by=by, at=at, community_id=row.community_id)
    return row


@command
async def withdraw(code: str, *, by: Person, at: datetime) -> DisposalList:
    """Take one's own list back.

    Raises:
        Hidden: it is not of one's shelves.
        Forbidden: somebody else proposed it.
        MovedOn: it was decided.
    """
    row = await visible(by, code, at=at)
    if row.asked_by_id != by.id:
        raise Forbidden("清册由提出的人撤回。")
    await _move(row, Deed.WITHDRAW)
    await record("disposal.withdrawn", row.key, by=by, at=at, community_id=row.community_id)
    return row


async def _decided(code: str, deed: Deed, *, by: Person, at: datetime) -> DisposalList:
    row = await visible(by, code, at=at)
    if not await decides(by, row, at=at):
        raise Forbidden("销毁要两个人一起办：提出的人以外，由主任同意。")
    after(row.stage, deed)
    return row


async def _move(row: DisposalList, deed: Deed, **facts: object) -> None:
    there = after(row.stage, deed)
    if not await DisposalList.filter(id=row.id, stage=DisposalStage.PROPOSED).update(stage=there, **facts):
        raise MovedOn(MOVED)
    row.stage = there


def _fit(words: str, field: str) -> str:
    said = words.strip()
    if len(said) < LEAST:
        raise Unfit("请写明鉴定的意见或者理由。", field=field)
    if len(said) > WORDS:
        raise Unfit("写了 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(said), most=WORDS)
    return said
