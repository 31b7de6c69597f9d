"""Changing an agreement in effect: a supplement that everybody signs; what it changes is kept as it is (民法典 543)."""

from dataclasses import replace
from datetime import datetime

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import frozen_of, held_case, locked_body, paper_of, supplement_of
from mediation.agreement.rules import may_see_text
from mediation.agreement.text import canonical
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import carry
from mediation.case.models import Case
from mediation.case.moving import NOT_YOURS, demand, permitted
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN
from mediation.confirmation.window import at_court


@command
async def begin_supplement(
    code: str, *, because: str, filed: bool, court_told: bool, by: Person, at: datetime
) -> AgreementVersion:
    """Begin a supplement with the words in force; they are changed, checked, sent round and sealed like the first.

    Args:
        code: the case's query code.
        because: why it is changed; stands in the supplement.
        filed: judicial confirmation was applied for already, by a way that is not known here.
        court_told: the court knows that the agreement is being changed.
        by: the mediator who leads.
        at: when.

    Raises:
        Unfit: the reason is missing, or the court was not told.
        MovedOn: one is being written or signed.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.AMEND, seats=seats, by=by)
    told = fitting(because, "because")
    if not told:
        raise Unfit("请写明为什么变更，例如金额写错了。", field="because")
    there = filed or await at_court(case) is not None
    demand(Event.AMEND, "court_told", holds=court_told or not there, field="court_told")
    if await supplement_of(case):
        raise MovedOn("已经有一份补充协议正在办，请先办完或者作废。")
    version = await _after(case, await frozen_of(case), told, at)
    where = case.community_id
    await record("agreement.supplement-begun", case.key, by=by, at=at, community_id=where, version=version.n)
    return version


async def _after(case: Case, before: AgreementVersion, because: str, at: datetime) -> AgreementVersion:
    n = await AgreementVersion.filter(agreement_id=before.agreement_id).count() + 1
    of_same = AgreementVersion.filter(agreement_id=before.agreement_id)
    last = await of_same.exclude(in_effect_at=None).order_by("-supplement").first()
    draft = replace(paper_of(before).draft, because=because)
    version = AgreementVersion(agreement=before.agreement, n=n, supplement=(last.supplement if last else 0) + 1)
    carry(case, version)
    version.made_at, version.body = at, locked_body(version, canonical(draft))
    await version.save()
    return version


@command
async def drop_supplement(code: str, *, by: Person, at: datetime) -> Case:
    """Give a supplement up: the mediator, or a party who will not sign it. The agreement stays as it was.

    Raises:
        MovedOn: there is none.
    """
    case, seats = await held_case(by, code, at=at)
    if not may_see_text(seats, case.state):
        raise Hidden(HIDDEN)
    version = await supplement_of(case)
    parties = seats & {Seat.APPLICANT, Seat.RESPONDENT}
    if version is None or (parties and version.frozen_at is None):
        raise MovedOn("现在没有正在签的补充协议，请刷新后再看。")
    if not parties and Seat.MEDIATOR not in seats:
        raise Forbidden(NOT_YOURS)
    await AgreementVersion.filter(id=version.id, in_effect_at=None).update(voided_at=at)
    where, facts = case.community_id, {"version": version.n, "refused": bool(parties)}
    await record("agreement.supplement-dropped", case.key, by=by, at=at, community_id=where, **facts)
    return case
