"""Destroying what was told in a case once its file need not be kept any longer: its keys, and all they lock.

What else is known of the case, its number, its states, its days, stays. In backups made before, it can be read until
the key around their data keys is thrown away (`rotating`). Source: 个人信息保护法 47; 人民调解法 27 (the file is kept).
"""

from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden
from community.record.outbox import record
from community.record.transaction import command
from mediation.archive.locked import blank
from mediation.archive.models import CaseDossier
from mediation.case.models import Case, Party
from mediation.case.states import State
from mediation.intake.models import Fingerprint
from mediation.papers.models import NumberedPaper
from mediation.room.models import Message, Permit, Room


@command
async def erase(code: str, *, at: datetime) -> int:
    """Destroy the keys of a case and of its rooms, and what they lock; return how many lines were said there.

    Raises:
        Hidden: there is no such case.
        Forbidden: it is not on the shelf, or must be kept for longer.
    """
    case = await Case.get_or_none(code=code.upper())
    if case is None:
        raise Hidden("没有这个查询码的纠纷。")
    dossier = await CaseDossier.get_or_none(case_id=case.id)
    if case.state is not State.ARCHIVED or dossier is None:
        raise Forbidden("还没有归档，不能销毁。请先归档。")
    if not over(dossier.kept_until, local_day(at)):
        raise Forbidden("档案的保管期限还没有到，不能销毁。")
    lines = await _talk(case)
    await blank(case)
    await Party.filter(case_id=case.id).update(id_mark="")
    await Fingerprint.filter(case_id=case.id).delete()
    await NumberedPaper.filter(case_id=case.id).update(body="", void_reason="")
    await record("case.erased", case.key, by=None, at=at, community_id=case.community_id, case=case.id, lines=lines)
    return lines


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
