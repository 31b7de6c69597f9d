"""Decisions from outside and appeals of a matter, as open data, without anybody's name."""

from datetime import date, datetime

from deliberation.matter.queries import find
from deliberation.matter.states import Screened, State
from deliberation.oversight.queries import appeals_of, orders_of
from deliberation.oversight.rules import Deed, Issuer, Ruling
from web.api.call import Answer, Ask, Call
from web.words import N_


class OrderOut(Answer):
    """One recorded document; ``was`` is where the matter stood, ``answer`` how the host corrected it."""

    deed: Deed
    issuer: Issuer
    number: str
    issued_on: date
    reason: str
    was: State
    at: datetime
    answer: str


class AppealOut(Answer):
    """One appeal against a return. ``escalated_at`` when it went to the street because nobody decided."""

    outcome: Screened
    returned_because: str
    words: str
    made_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    ruling: Ruling | None
    reasons: str
    decided_at: datetime | None


class Oversight(Answer):
    """What was decided about a matter from outside, and appealed."""

    orders: list[OrderOut]
    appeals: list[AppealOut]


async def show_oversight(ask: Ask) -> Oversight:
    """Answer with the documents and appeals of a public matter."""
    matter = await find(None, ask.path["id"])
    given = ("words", "made_at", "due_at", "escalated_at", "ruling", "reasons", "decided_at")
    appeals = [
        AppealOut(
            outcome=one.screening.outcome,
            returned_because=one.screening.reasons,
            **{name: getattr(one, name) for name in given},
        )
        for one in await appeals_of(matter)
    ]
    orders = [
        OrderOut(**{name: getattr(one, name) for name in OrderOut.model_fields}) for one in await orders_of(matter)
    ]
    return Oversight(orders=orders, appeals=appeals)


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/oversight",
        name="showOversight",
        title=N_("看一件议题被暂停、责令改正、撤销的决定和申诉"),
        do=show_oversight,
        answer=Oversight,
    ),
]
