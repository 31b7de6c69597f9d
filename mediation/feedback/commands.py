"""Answering afterwards how it was, once for each party."""

from collections.abc import Mapping
from datetime import datetime

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.keys import lock_with
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.feedback.models import SatisfactionAnswer
from mediation.feedback.rules import ASKING, Asked, fit


@command
async def answer(code: str, marks: Mapping[Asked, int], *, words: str = "", by: Person, at: datetime) -> Case:
    """Say, as a party, how it was; the record holds that somebody answered and no mark.

    Raises:
        Hidden: ``by`` is no party.
        Unfit: a mark is missing or out of one to five.
        MovedOn: it is not asked now, or was answered already.
    """
    case, _ = await visible_case(by, code, at=at)
    own = await stood_for(by, case.id, at=at)
    if not own:
        raise Hidden(HIDDEN)
    if not fit(marks):
        raise Unfit("请给每一项打分，从 1 分到 5 分。", field="form")
    told = fitting(words, "words")
    if case.state not in ASKING or await SatisfactionAnswer.exists(party_id__in=own):
        raise MovedOn("您已经答过了，或者现在还不用答。")
    locked = lock_with(case, told, about=f"satisfaction|{case.code}|{own[0]}")
    row = SatisfactionAnswer(case=case, party_id=own[0], words=locked, at=at)
    row.update_from_dict({each.value: marks[each] for each in Asked})
    await row.save()
    await record("case.rated", case.key, by=None, at=at, community_id=case.community_id)
    return case
