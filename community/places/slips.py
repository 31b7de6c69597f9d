"""Matching an account with the roll: by the code on a printed slip, or by a clerk who looked at the person's papers.

Never by what people say of themselves. A slip's code is kept only as a keyed hash and serves once, for a while.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.people.rules import Deed
from community.people.throttle import attempt, relent
from community.places.models import Ownership, Place, Resident, Unit
from community.places.standing import align
from community.privacy.vault import blind
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
LENGTH: Final = 8
LIFE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Slip:
    """One strip of paper for one person; the code is shown this once."""

    name: str
    code: str


def new_slip_code() -> str:
    """Return a code in signs that are not mistaken for each other, 39 bits of chance."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def hash_of_slip(typed: str) -> str:
    """Return how a code is stored, however it was typed: small letters, spaces and hyphens do not matter."""
    return blind("".join(sign for sign in typed.upper() if sign.isalnum()), purpose="slip")


@command
async def make_slips(building: Place, *, by: Person, at: datetime) -> dict[Unit, list[Slip]]:
    """Make a slip for everybody of a building who has no account yet, by unit; earlier slips of theirs end.

    Raises:
        Forbidden: ``by`` may not edit the building.
    """
    await require_in_place(by, building.id, Right.PLACE_EDIT, at=at)
    units = await Unit.filter(building_id=building.id).order_by("number", "id")
    rows = await _without_account([unit.id for unit in units])
    slips: dict[Unit, list[Slip]] = {unit: [] for unit in units}
    homes = {unit.id: unit for unit in units}
    for row, unit_id in rows:
        slips[homes[unit_id]].append(await _slip(row, at))
    where = building.community_id
    await record(
        "slips.made", f"place-{building.id}", by=by, at=at, community_id=where, count=len(rows), until=at + LIFE
    )
    return {unit: theirs for unit, theirs in slips.items() if theirs}


async def _without_account(units: list[int]) -> list[tuple[Resident, int]]:
    """Return everybody who lives in or owns one of the units and has no account, with one unit each."""
    owners = Ownership.filter(unit_id__in=units, until=None).exclude(resident_id=None)
    owned: dict[int, int] = dict(await owners.values_list("resident_id", "unit_id"))
    rows = await Resident.filter(Q(unit_id__in=units) | Q(id__in=list(owned)), person_id=None, moved_out=None)
    inside = set(units)
    return [(row, row.unit_id if row.unit_id in inside else owned[row.id]) for row in rows]


async def _slip(row: Resident, at: datetime) -> Slip:
    code = new_slip_code()
    await Resident.filter(id=row.id).update(slip_hash=hash_of_slip(code), slip_until=at + LIFE)
    return Slip(row.name, code)


async def redeem(person: Person, code: str, *, host: str, at: datetime) -> None:
    """Match ``person`` with the row whose slip carries ``code``.

    Raises:
        TooOften: too many codes were tried.
        Unfit: the code is wrong, used or too old, or the account is matched already.
    """
    account = f"person-{person.id}"
    await attempt(Deed.SLIP, account=account, host=host, at=at)
    await _redeem(person, hash_of_slip(code), at=at)
    await relent(Deed.SLIP, account=account, host=host)


@command
async def _redeem(person: Person, slip_hash: str, *, at: datetime) -> None:
    row = await Resident.get_or_none(slip_hash=slip_hash, slip_until__gt=at, person_id=None, moved_out=None)
    if row is None:
        raise Unfit("这个核实码不对，或者用过、过期了。请照纸条再打一遍，还不行就请居委会重新打印一张。", field="code")
    await _join(person, row, how="slip", by=person, at=at)


@command
async def confirm(person: Person, row: Resident, *, by: Person, at: datetime) -> None:
    """Match ``person`` with a row of the roll whose papers ``by`` has seen.

    Raises:
        Forbidden: ``by`` may not confirm people there, or is the person.
        Unfit: the account or the row is matched already.
    """
    await require_in_place(by, row.community_id, Right.PERSON_VERIFY, at=at)
    if by.id == person.id:
        raise Forbidden("不能给自己核实，请另一位工作人员来办。")
    await _join(person, row, how="counter", by=by, at=at)


async def _join(person: Person, row: Resident, *, how: str, by: Person, at: datetime) -> None:
    if await Resident.exists(person_id=person.id):
        raise Unfit("这个账号已经和名册对上了，不用再核实。", field="code")
    free = Resident.filter(id=row.id, person_id=None, moved_out=None)
    try:
        taken = await free.update(person_id=person.id, slip_hash=None, slip_until=None)
    except IntegrityError as wrong:  # the same account, matched twice at the same moment
        raise MovedOn("这个账号刚刚已经核实过了，请刷新页面看看。") from wrong
    if not taken:
        raise MovedOn("名册上这一行刚刚已经和别的账号对上了，请刷新页面看看。")
    await Person.filter(id=person.id).update(community_id=row.community_id)
    await record(
        "person.verified", f"person-{person.id}", by=by, at=at, community_id=row.community_id, row=row.id, how=how
    )
    await align(person.id, row.community_id, by=by, at=at)
