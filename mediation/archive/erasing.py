"""Destroying what was told in a case once its file need not be kept any longer: its keys, and all they lock.

What else is known of the case, its number, its states, its days, stays. In backups made before, it can be read until
the key around their data keys is thrown away (`rotating`). Source: 个人信息保护法 47; 人民调解法 27 (the file is kept).
"""

from datetime import date, datetime
from typing import Any

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden
from community.people.models import Person
from community.people.roles import require_in_org
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from mediation.archive.holds import holds_on
from mediation.archive.locked import blank
from mediation.archive.models import CaseDossier
from mediation.case.keys import destroyed
from mediation.case.models import Case, Party
from mediation.case.states import State
from mediation.intake.models import Fingerprint
from mediation.room.models import Message, Permit, Room


@command
async def erase(code: str, *, by: Person, second: Person, at: datetime) -> int:
    """Destroy the keys of a case and of its rooms, and what they lock; return how many lines were said there.

    Two people do it together: an archivist of the body, and another who directs it.
    Source: 档案法 (no destruction but by rule).

    Raises:
        Hidden: there is no such case.
        Forbidden: it is not on the shelf, must be kept for longer, is held or gone already, or the two are one or not
            in office.
    """
    case = await Case.get_or_none(code=code.upper())
    if case is None:
        raise Hidden("没有这个查询码的纠纷。")
    await _two(case, by, second, at)
    dossier = await CaseDossier.get_or_none(case_id=case.id)
    if case.state is not State.ARCHIVED or dossier is None:
        raise Forbidden("还没有归档，不能销毁。请先归档。")
    if not over(dossier.kept_until, local_day(at)):
        raise Forbidden("档案的保管期限还没有到，不能销毁。")
    if held := (await holds_on([case.id], today=local_day(at))).get(case.id):
        raise Forbidden(held[0])
    if destroyed(case):
        raise Forbidden("这件事的内容已经销毁过了，不用再办。")
    lines = await _talk(case)
    await blank(case)
    await Party.filter(case_id=case.id).update(id_mark="")
    await Fingerprint.filter(case_id=case.id).delete()
    facts: dict[str, Any] = {"case": case.id, "lines": lines, "second": second.id, "manifest": dossier.manifest}
    await record("case.erased", case.key, by=by, at=at, community_id=case.community_id, **facts)
    return lines


async def _two(case: Case, by: Person, second: Person, at: datetime) -> None:
    if by.id == second.id:
        raise Forbidden("销毁要两个人一起办，一个人不能。请再请一位。")
    await require_in_org(by, case.org_id, Right.CASE_ARCHIVE, at=at)
    await require_in_org(second, case.org_id, Right.CASE_DIRECT, at=at)


def over(kept_until: date | None, today: date) -> bool:
    """Return whether a term of keeping has passed; without a day it is kept for ever.

    >>> over(date(2026, 12, 31), date(2027, 1, 1)), over(date(2026, 12, 31), date(2026, 12, 31))
    (True, False)
    >>> over(None, date(2027, 1, 1))
    False
    """
    return kept_until is not None and kept_until < today


async def _talk(case: Case) -> int:
    said = Message.filter(room__case_id=case.id)
    lines = await said.count()
    await Permit.filter(message__room__case_id=case.id).delete()
    await said.delete()
    await Room.filter(case_id=case.id).update(key="")
    return lines
