"""鉴定 — asking an expert: proposed by whoever mediates, agreed to by every party, paid and waited for, then evidence.

Nobody is asked against the will of a party; the days until the opinion is there are not counted where the rule says so.
Source: 医疗纠纷条例 34 (joint commission), 35, 37 (conflicts), 38 (days not counted); 人民调解法 20 (others asked in).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.models import Case, Party, Will
from mediation.case.states import State
from mediation.case.terms import PauseReason
from mediation.case.waiting import suspend
from mediation.evidence.commands import Brought, hold, put_down
from mediation.evidence.keeping import Kept, clear, put
from mediation.evidence.models import Appraisal, AppraisalAnswer
from mediation.evidence.reading import View, appraisal_of, board_of
from mediation.evidence.rules import COURSE, SOURCE, WORDS, Appraised, ProofForm, ProofKind, all_of
from mediation.parties.rules import AttendRole
from mediation.parties.seating import ask_in

ONLY_MEDIATOR: Final = "委托鉴定由主持调解员来办。"
OPEN: Final = (Appraised.ASKED, Appraised.AGREED, Appraised.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is to be found out, by whom, and who pays."""

    matter: str
    expert: str
    payer: str


@command
async def propose(code: str, told: Proposal, *, by: Person, at: datetime) -> Appraisal:
    """Propose an appraisal to every party who takes part.

    Raises:
        Hidden: there is no such case for ``by``.
        Forbidden: ``by`` does not mediate.
        MovedOn: the case is not being talked over, or an appraisal is under way.
        Unfit: something is missing or too long.
    """
    case, _, office = await board_of(by, code, at=at)
    if not office:
        raise Forbidden(ONLY_MEDIATOR)
    _fit(told)
    await hold(case.id)
    if case.state is not State.MEDIATING or await Appraisal.filter(case_id=case.id, state__in=OPEN).exists():
        raise MovedOn("现在不能提出鉴定：要在调解中，而且没有别的鉴定正在办。")
    row = Appraisal(community_id=case.community_id, case=case, by=by, at=at)
    for column in ("matter", "expert", "payer"):
        put(case, row, column, getattr(told, column).strip())
    await row.save()
    parties = await Party.filter(case_id=case.id, left_at=None, will=Will.CONSENTED).order_by("id")
    await AppraisalAnswer.bulk_create([AppraisalAnswer(appraisal=row, party=party) for party in parties])
    await _note(case, row, "proposed", by, at)
    return row


def _fit(told: Proposal) -> None:
    for field, most in (("matter", WORDS), ("expert", SOURCE), ("payer", SOURCE)):
        words = getattr(told, field).strip()
        if not words:
            raise Unfit("这一项还没有填。", field=field)
        if len(words) > most:
            raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)


@command
async def answer(
    code: str, appraisal_code: str, *, agreed: bool, party_code: str = "", by: Person, at: datetime
) -> Appraisal:
    """Say for a side whether it agrees. ``party_code``: whoever mediates writes down what a party said to their face.

    Raises:
        Hidden: there is no such appraisal for ``by``.
        MovedOn: it was answered before.
    """
    view = await appraisal_of(by, code, appraisal_code, at=at)
    rows = AppraisalAnswer.filter(appraisal_id=view.row.id, agreed=None)
    told = rows.filter(party__code=party_code) if view.office else rows.filter(party_id__in=view.stands_for)
    ids = await told.values_list("id", flat=True)
    await hold(view.case.id)
    open_ = await Appraisal.filter(id=view.row.id, state=Appraised.ASKED).exists()
    changes = {"agreed": agreed, "by_id": by.id, "at": at}
    if not ids or not open_ or not await AppraisalAnswer.filter(id__in=ids, agreed=None).update(**changes):
        raise MovedOn("已经答复过了，请刷新后再看。")
    view.row.state = all_of([each.agreed for each in await AppraisalAnswer.filter(appraisal_id=view.row.id)])
    await Appraisal.filter(id=view.row.id).update(state=view.row.state)
    await _note(view.case, view.row, "answered", by, at, agreed=agreed, spoken=view.office)
    return view.row


@command
async def commission(code: str, appraisal_code: str, *, free: bool, sworn: bool, by: Person, at: datetime) -> Appraisal:
    """Commission it: the expert gets a seat as somebody asked in, and the case waits for the opinion.

    Raises:
        Hidden: there is no such appraisal for ``by``.
        Forbidden: ``by`` does not mediate.
        MovedOn: not every party has agreed, or it was commissioned before.
        Unfit: the expert has not said that nothing ties them to a side, or has not promised silence (医疗纠纷条例 37).
    """
    view = await _led(code, appraisal_code, by, at)
    if not free:
        raise Unfit("请先问清楚：鉴定人和双方有没有亲属、利害关系，办没办过这件事。有的要换一位。", field="free")
    if not sworn:
        raise Unfit("请他先承诺对外保密。", field="sworn")
    await _step(view.row, Appraised.RUNNING, commissioned_at=at)
    matter, expert = (clear(view.case, view.row, column) for column in ("matter", "expert"))
    given: dict[str, Any] = {"by": by, "at": at}
    seat = await ask_in(code, AttendRole.INVITEE, expert, matter, agreed=True, sworn=True, **given)
    await Appraisal.filter(id=view.row.id).update(seat_id=seat.id)
    await suspend(code, PauseReason.APPRAISAL, words=matter, **given)
    await _note(view.case, view.row, "commissioned", by, at)
    return await Appraisal.get(id=view.row.id)


@command
async def file_opinion(
    code: str, appraisal_code: str, title: str, files: Sequence[Kept], *, by: Person, at: datetime
) -> Appraisal:
    """File the opinion as evidence that every party reads: done by the expert, or by whoever mediates.

    Raises:
        Hidden: there is no such appraisal for ``by``.
        Forbidden: ``by`` is neither.
        MovedOn: nothing is waited for.
        Unfit: as `put_down`.
    """
    view = await appraisal_of(by, code, appraisal_code, at=at)
    if not (view.office or view.expert):
        raise Forbidden("鉴定意见由鉴定人或者调解员来交。")
    await _step(view.row, Appraised.DONE)
    told = Brought(title=title, kind=ProofKind.OPINION, form=ProofForm.ORIGINAL)
    item = await put_down(view.case, told, files, party=None, shown=True, by=by, at=at)
    await Appraisal.filter(id=view.row.id).update(opinion_id=item.id)
    sums = [each.sha256 for each in files]
    await _note(view.case, view.row, "filed", by, at, item=item.code, n=item.n, files=sums)
    return await Appraisal.get(id=view.row.id).select_related("opinion")


async def _led(code: str, appraisal_code: str, by: Person, at: datetime) -> View:
    view = await appraisal_of(by, code, appraisal_code, at=at)
    if not view.office:
        raise Forbidden(ONLY_MEDIATOR)
    return view


async def _step(row: Appraisal, to: Appraised, **changes: object) -> None:
    before = [each for each, then in COURSE.items() if to in then]
    if not await Appraisal.filter(id=row.id, state__in=before).update(state=to, **changes):
        raise MovedOn("这次鉴定现在不能这样办，请刷新后再看。")
    row.state = to


async def _note(case: Case, row: Appraisal, deed: str, by: Person, at: datetime, **facts: object) -> None:
    about: dict[str, Any] = {"appraisal": row.code, "state": row.state, **facts}
    await record(f"appraisal.{deed}", case.key, by=by, at=at, community_id=case.community_id, **about)
