"""Reading who was asked, what they said, and who declared which interest. All of it is public by role."""

from datetime import datetime

from community.errors import Hidden, Unfit
from community.people.envoys import speaks_for
from community.people.models import Person
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from deliberation.stakeholder.models import Declaration, Slot
from deliberation.stakeholder.rules import REQUIRED, Capacity


async def slots_of(matter: Matter) -> list[Slot]:
    """Return who was asked to take part, in the order in which they were."""
    return await Slot.filter(matter_id=matter.id).select_related("org", "person").order_by("id")


async def slot_of(matter: Matter, slot_id: int) -> Slot:
    """Return one invitation, or raise `Hidden`."""
    slot = await Slot.get_or_none(id=slot_id, matter_id=matter.id).select_related("org", "person")
    if slot is None:
        raise Hidden("没有这个邀请。")
    return slot


async def may_state(person: Person | None, slot: Slot, *, at: datetime) -> bool:
    """Return whether ``person`` may give the position that was asked for."""
    if person is None:
        return False
    if slot.person_id:
        return slot.person_id == person.id
    return slot.org is not None and await speaks_for(person, slot.org, at=at)


async def asked_of(person: Person) -> list[Slot]:
    """Return where ``person`` was invited by name and has not said their position, while the matter is talked over."""
    open_ = Slot.filter(person_id=person.id, stated_at=None, matter__state=State.DELIBERATING, matter__hidden_at=None)
    return await open_.select_related("matter").order_by("-id")


async def declarations_of(matter: Matter) -> list[Declaration]:
    """Return the declarations that hold: the latest of each person in each capacity."""
    rows = await Declaration.filter(matter_id=matter.id).select_related("person").order_by("id")
    return list({(each.capacity, each.person_id): each for each in rows}.values())


async def require_declared(matter: Matter, *, host: Person) -> None:
    """Raise `Unfit` unless the author, and the host who is about to fix the words, have declared."""
    people = {Capacity.AUTHOR: matter.author_id, Capacity.HOST: host.id}
    given = {(each.capacity, each.person_id) for each in await declarations_of(matter)}
    if any((capacity, people[capacity]) not in given for capacity in REQUIRED):
        raise Unfit("定稿以前，提议人和主持人都要申报有没有利益关系，没有就写“无”。请到“利益关系”那一页申报。")
