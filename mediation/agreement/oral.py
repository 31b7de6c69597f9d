"""An agreement by word of mouth: written down by the mediator, read out, and binding (人民调解法 28, 30)."""

from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.agreement.checks import Desk, faults
from mediation.agreement.models import Agreement, AgreementVersion
from mediation.agreement.owing import oblige
from mediation.agreement.preview import paper_for
from mediation.agreement.queries import case_number_of, held_case, locked_body, next_seq
from mediation.agreement.rules import MOST_TEXT, MOST_WHAT, Draft
from mediation.agreement.text import canonical, digest
from mediation.appointment.offering import call_off_all
from mediation.case.events import Event
from mediation.case.keys import carry
from mediation.case.models import Case
from mediation.case.moving import demand, move, permitted
from mediation.case.numbers import agreement_of, read
from mediation.case.queries import parties_of
from mediation.case.states import Outcome

ORAL: Final = "oral"
MUST_WRITE: Final = frozenset({"10", "12"})
"""Kinds for which the law wants an agreement in writing: 劳动争议调解仲裁法 14, 医疗纠纷条例 39."""
UNASKED: Final = frozenset({"issue", "blame", "total"})
"""What a written agreement must hold and the register of an oral one has no column for."""


@command
async def oral_agree(
    code: str, draft: Draft, *, waived: bool, read_back: bool, by: Person, at: datetime
) -> AgreementVersion:
    """Put an agreement by word of mouth on the register; it takes effect at once.

    Args:
        code: the case's query code.
        draft: what was settled and the promises.
        waived: every party said that no written agreement is needed.
        read_back: what is written here was read to everybody and they said yes to it.
        by: the mediator who leads.
        at: when.
    """
    case, seats = await held_case(by, code, at=at)
    permitted(case, Event.ORAL_AGREE, seats=seats, by=by)
    demand(Event.ORAL_AGREE, "all_waive_writing", holds=waived, field="waived")
    demand(Event.ORAL_AGREE, "not_must_write", holds=case.type_code[:2] not in MUST_WRITE, field="waived")
    await _whole(case, draft, at)
    demand(Event.ORAL_AGREE, "oral_read_back", holds=read_back, field="read_back")
    version = await _register(case, draft, at)
    await oblige(case, version)
    await move(case, Event.ORAL_AGREE, seats=seats, by=by, at=at, outcome=Outcome.AGREED_ORAL, sha256=version.sha256)
    await call_off_all(case, by=by, at=at)
    return version


async def _whole(case: Case, draft: Draft, at: datetime) -> None:
    """Raise `Unfit` for what is missing or too long."""
    signs = [party.sign for party in await parties_of(case)]
    desk = Desk(draft=draft, signatories=signs, today=local_day(at), ticked=(), on_paper=False)
    for guard in ("required_fields", "obligated_sign", "dates_after_signing"):
        wrong = [field for field in faults(desk).get(guard, ()) if field not in UNASKED]
        demand(Event.FINALIZE, guard, holds=not wrong, field=wrong[0] if wrong else None)
    texts = [("facts", draft.facts, MOST_TEXT)]
    texts += [(f"what-{row}", line.what, MOST_WHAT) for row, line in enumerate(draft.lines, start=1)]
    for field, text, most in texts:
        if len(text) > most:
            raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(text), most=most)
    for row, line in enumerate(draft.lines, start=1):
        if line.whom not in signs:
            raise Unfit("请从名单里选一位当事人。", field=f"whom-{row}")


async def _register(case: Case, draft: Draft, at: datetime) -> AgreementVersion:
    seq = await next_seq(case)
    number = str(agreement_of(read(await case_number_of(case)), seq))
    agreement = await Agreement.create(
        case=case, community_id=case.community_id, seq=seq, number=number, rule=ORAL, effective_at=at
    )
    version = AgreementVersion(agreement=agreement, n=1, made_at=at, frozen_at=at)
    carry(case, version)
    text = canonical(await paper_for(case, version, draft, number))
    version.body, version.sha256 = locked_body(version, text), digest(text)
    await version.save()
    return version
