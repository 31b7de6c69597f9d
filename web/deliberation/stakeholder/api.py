"""Who was asked and who declared what, as open data: by role, without anybody's name."""

from datetime import datetime

from deliberation.matter.queries import find
from deliberation.stakeholder.queries import declarations_of, slots_of
from deliberation.stakeholder.rules import Capacity, Seat
from web.api.call import Answer, Ask, Call
from web.words import N_


class SlotOut(Answer):
    """One role that was asked to take part; ``org`` is empty for a person, ``hidden`` the code that hides its words."""

    seat: Seat
    org: str
    invited_at: datetime
    statement: str
    hidden: str
    stated_at: datetime | None


class DeclarationOut(Answer):
    """One declaration of interest, by capacity; ``hidden`` is the code of the reason that hides its words."""

    capacity: Capacity
    interested: bool
    words: str
    hidden: str
    at: datetime


class Table(Answer):
    """Everybody who was asked to a matter, and the interests that were declared."""

    stakeholders: list[SlotOut]
    declarations: list[DeclarationOut]


async def show_table(ask: Ask) -> Table:
    """Answer with the stakeholders of a public matter."""
    matter = await find(None, ask.path["id"])
    slots = [
        SlotOut(
            seat=slot.seat,
            org=slot.org.name if slot.org else "",
            invited_at=slot.invited_at,
            statement="" if slot.hidden_at else slot.statement,
            hidden=slot.hidden_why if slot.hidden_at else "",
            stated_at=slot.stated_at,
        )
        for slot in await slots_of(matter)
    ]
    given = [
        DeclarationOut(
            capacity=one.capacity,
            interested=one.interested,
            words="" if one.hidden_at else one.words,
            hidden=one.hidden_why if one.hidden_at else "",
            at=one.at,
        )
        for one in await declarations_of(matter)
    ]
    return Table(stakeholders=slots, declarations=given)


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/stakeholders",
        name="listStakeholders",
        title=N_("看一件议题邀请了哪些方、谁申报了利益关系"),
        do=show_table,
        answer=Table,
    ),
]
