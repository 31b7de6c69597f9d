"""不调了 — a party stops the talks by pointing, signing or saying so, and the mediator who is with them writes it down.

Source: 人民调解法 23(三), 26: a party may ask at any time that mediation end, and gives no reason.
"""

from datetime import datetime
from enum import StrEnum

from community.errors import Forbidden, Hidden
from community.people.models import Person
from community.record.transaction import command
from mediation.appointment.offering import call_off_all
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.models import Case, Consent, Party, Side
from mediation.case.moving import NOT_YOURS, move, permitted
from mediation.case.noting import fitting, note
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.states import Outcome
from mediation.intake.rules import NOTICE_VERSION


class StopBy(StrEnum):
    """How a party said that it stops."""

    POINTED = "pointed"  # 指着“不调了”的卡片
    SIGNED = "signing"  # 打手语
    SAID = "said"  # 当面说
    WROTE = "wrote"  # 写下来


@command
async def stop_for(code: str, party_code: str, how: StopBy, *, witness: str = "", by: Person, at: datetime) -> Case:
    """End the talks because a party showed that it stops; no reason is asked and none is kept.

    Args:
        code: the case's query code.
        party_code: who stops.
        how: how they showed it.
        witness: who saw it besides the mediator, such as the interpreter; kept locked.
        by: the mediator who was there.
        at: when.

    Raises:
        Hidden: there is no such case or party for ``by``.
        Forbidden: ``by`` does not mediate.
        MovedOn: the talks are over already.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None:
        raise Hidden(HIDDEN)
    if Seat.MEDIATOR not in seats:
        raise Forbidden(NOT_YOURS)
    permitted(case, Event.TERMINATE, seats=seats, by=by)
    seen = fitting(witness, "witness")
    said = {"act": "mediate", "given": False, "text_version": NOTICE_VERSION, "method": how.value, "at": at}
    await Consent.bulk_create([Consent(party=party, **said)])
    outcome = Outcome.WITHDRAWN_MIDWAY if party.side is Side.APPLICANT else Outcome.REFUSED_MIDWAY
    await move(case, Event.TERMINATE, seats=seats, by=by, at=at, outcome=outcome, party=party.code, how=how)
    await note(case, Event.TERMINATE, seen, by=by, at=at)
    await call_off_all(case, by=by, at=at)
    return case
