"""Why a dossier may not be destroyed although its term has passed: one table, asked by shelf, command and report.

Source: 人民调解法 27; 个人信息保护法 47, 50; 民事诉讼法 206; 民法典 188.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from tortoise.queryset import QuerySet

from mediation.agreement.models import Obligation
from mediation.agreement.rules import OWED
from mediation.case.models import Case
from mediation.case.states import ENDS
from mediation.confirmation.models import CourtConfirmation
from mediation.feedback.grievances import Looked
from mediation.feedback.models import CaseComplaint
from mediation.supervision.models import SupervisionCard
from mediation.supervision.rules import CardState

YEARS_TO_SUE: Final = 3
"""How long a promise that was not kept can be sued for (民法典 188)."""

GOES_ON: Final = "接着这件事的纠纷还没有办完归档，不能销毁。（人民调解法第二十七条）"
COMPLAINT: Final = "对这件事的投诉还没有答复，不能销毁。（个人信息保护法第五十条）"
COURT: Final = "法院还在办司法确认，不能销毁。（民事诉讼法第二百零六条）"
CARD: Final = "督办单还没有销号，不能销毁。请先销号。"
OWING: Final = "答应的事还有没办到的，起诉的期限也没有过，不能销毁。（民法典第一百八十八条）"

Ids = list[int]
HOLDS: Final[tuple[tuple[str, str, Callable[[Ids, date], QuerySet[Any]]], ...]] = (
    (GOES_ON, "linked_from_id", lambda ids, _: Case.filter(linked_from_id__in=ids).exclude(state__in=list(ENDS))),
    (GOES_ON, "merged_into_id", lambda ids, _: Case.filter(merged_into_id__in=ids).exclude(state__in=list(ENDS))),
    (COMPLAINT, "case_id", lambda ids, _: CaseComplaint.filter(case_id__in=ids, looked=Looked.OPEN)),
    (COURT, "case_id", lambda ids, _: CourtConfirmation.filter(case_id__in=ids, ended_at=None)),
    (
        CARD,
        "case_id",
        lambda ids, _: SupervisionCard.filter(case_id__in=ids, state__in=[CardState.OPEN, CardState.ANSWERED]),
    ),
    (
        OWING,
        "case_id",
        lambda ids, today: Obligation.filter(case_id__in=ids, state__in=list(OWED), due_on__gte=back(today)),
    ),
)
"""The sentence, the column that names the case, and the rows that hold it."""


def back(today: date) -> date:
    """Return the first day on which something could fall due and still be sued for today.

    >>> back(date(2028, 2, 29))
    datetime.date(2025, 2, 28)
    """
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - YEARS_TO_SUE, day=day)


async def complained(cases: Iterable[int]) -> frozenset[int]:
    """Return in which of these cases a complaint about the mediation is open."""
    found = CaseComplaint.filter(case_id__in=list(cases), looked=Looked.OPEN)
    return frozenset([int(str(each)) for each in await found.values_list("case_id", flat=True)])


async def holds_on(cases: Iterable[int], *, today: date) -> dict[int, list[str]]:
    """Return why each of these cases may not be destroyed, a sentence each; who is not named is not held."""
    ids, found = list(cases), defaultdict[int, list[str]](list)
    for sentence, column, rows in HOLDS if ids else ():
        for (case,) in set(await rows(ids, today).values_list(column)):
            found[int(case)] += [] if sentence in found[int(case)] else [sentence]
    return dict(found)
