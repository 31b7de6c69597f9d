"""What a clerk needs to see to match an account with the roll at the counter."""

from datetime import datetime

from community.errors import Hidden
from community.people.models import Holding, Person
from community.people.roles import roles_in_place
from community.places.models import Ownership, Resident
from community.rights import Right, may

MOST = 30


async def account_for(clerk: Person, code: str, *, at: datetime) -> Person:
    """Return the account that a clerk may match, one of the clerk's community.

    Raises:
        Hidden: there is none, or it is not theirs to match.
    """
    person = await Person.get_or_none(code=code, closed_at=None)
    if person is None or not person.community_id:
        raise Hidden("没有找到这个账号，请让居民在“核实身份”页面上再看一遍编号。")
    if not may(await roles_in_place(clerk, person.community_id, at=at), Right.PERSON_VERIFY):
        raise Hidden("没有找到这个账号，请让居民在“核实身份”页面上再看一遍编号。")
    return person


async def row_of(person: Person) -> Resident | None:
    """Return the row of the roll that an account is matched with."""
    return await Resident.get_or_none(person_id=person.id).select_related("unit__building")


async def shares_of(row: Resident) -> list[Ownership]:
    """Return what a person on the roll owns, with the units."""
    return await Ownership.filter(resident_id=row.id, until=None).select_related("unit__building").order_by("id")


async def rows_named(community_id: int, name: str) -> list[Resident]:
    """Return the rows without an account whose name has ``name`` in it; none for an empty name."""
    if not name:
        return []
    rows = Resident.filter(community_id=community_id, name__contains=name, person_id=None, moved_out=None)
    return await rows.select_related("unit__building").order_by("name", "id").limit(MOST)


async def row_for(clerk: Person, code: str, *, right: Right, at: datetime) -> Resident:
    """Return a row of the roll in a community where ``clerk`` holds ``right``.

    Raises:
        Hidden: there is none.
    """
    row = await Resident.get_or_none(code=code)
    if row is None or not may(await roles_in_place(clerk, row.community_id, at=at), right):
        raise Hidden("名册里没有这一行，请刷新页面再选。")
    return row


async def waiting(community_id: int) -> list[Person]:
    """Return the confirmed accounts of a community without a row or an office, the newest first."""
    matched = {row.person_id for row in await Resident.filter(community_id=community_id).exclude(person_id=None)}
    people = Person.filter(community_id=community_id, closed_at=None).exclude(confirmed_at=None)
    found = await people.order_by("-joined_at", "-id")
    busy = {each.person_id for each in await Holding.filter(person_id__in=[person.id for person in found], until=None)}
    return [person for person in found if person.id not in matched | busy][:MOST]
