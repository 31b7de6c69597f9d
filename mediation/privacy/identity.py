"""The identity number and the address of a party: given by themselves when a signature or a court needs it.

Nobody has to give them to be heard; they lie locked, and a list shows them masked.
Source: 个人信息保护法 6, 14, 16, 51; GB 11643.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.privacy.checks import id_number_fits
from community.privacy.rules import mask_address, mask_id_number, mask_phone
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat, Thing, may_read
from mediation.case.keys import lock_party, mark_of, opened
from mediation.case.models import Case, Consent, Party
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.case.standing import stood_for

VERSION: Final = "identity-2026.1"
MOST: Final = 120
COLUMNS: Final = ("name", "phone", "email", "id_number", "address")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one party, whole or masked."""

    party: Party
    name: str
    phone: str
    email: str
    id_number: str
    address: str


def _plain(id_number: str) -> str:
    """Return a number as it is kept: half width, no blanks, a capital X."""
    return "".join(unicodedata.normalize("NFKC", id_number).split()).upper()


@command
async def give(code: str, *, id_number: str, address: str, agreed: bool, by: Person, at: datetime) -> Party:
    """Put down one's own identity number and address; what is left empty stays as it was.

    Raises:
        Hidden: ``by`` is no party of this case.
        Unfit: nothing is given, the number has no right check digit, the address is too long, or nobody agreed.
    """
    case, party = await _mine(code, by, at)
    number, where = _plain(id_number), address.strip()
    if number and not id_number_fits(number):
        raise Unfit("这个号码不对，请对照身份证再填一次，一共 18 位。", field="id_number")
    if len(where) > MOST:
        raise Unfit("地址最多 {most} 个字，请写短一些。", field="address", most=MOST)
    if not number and not where:
        raise Unfit("请至少填一项；不想填，可以直接离开这一页。", field="id_number")
    if not agreed:
        raise Unfit("请先勾选同意；不同意就不用填。", field="agreed")
    await _kept(case, party, number or opened(party, "id_number"), where or opened(party, "address"), by=by, at=at)
    return party


@command
async def take_back(code: str, *, by: Person, at: datetime) -> Party:
    """Take one's own identity number and address back; they are gone at once (个人信息保护法 15, 47)."""
    case, party = await _mine(code, by, at)
    await _kept(case, party, "", "", by=by, at=at)
    return party


async def _kept(case: Case, party: Party, number: str, where: str, *, by: Person, at: datetime) -> None:
    given = bool(number or where)
    lock_party(party, "id_number", number)
    lock_party(party, "address", where)
    party.id_mark = mark_of(number) if number else ""
    await party.save(update_fields=["id_number", "address", "id_mark"])
    await Consent.create(party=party, act="identity", given=given, text_version=VERSION, method="click", at=at)
    facts = {"party": party.code, "given": str(given)}
    await record("case.identity-given", case.key, by=by, at=at, community_id=case.community_id, **facts)  # type: ignore[arg-type]


async def _mine(code: str, person: Person, at: datetime) -> tuple[Case, Party]:
    case, _ = await visible_case(person, code, at=at)
    own = await stood_for(person, case.id, at=at)
    party = await Party.filter(id__in=own).order_by("id").first() if own else None
    if party is None:
        raise Hidden(HIDDEN)
    return case, party


async def cards_of(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat], list[Card]]:
    """Return what is known of the parties: of all, whole, to who may read it; to a party their own, masked."""
    case, seats = await visible_case(person, code, at=at)
    if not may_read(seats, Thing.IDENTITY, case.state):
        raise Hidden(HIDDEN)
    parties = await parties_of(case)
    mine = await stood_for(person, case.id, at=at)
    if own := [party for party in parties if party.id in mine]:
        return case, seats, [masked(party) for party in own]
    return case, seats, [_whole(party) for party in parties]


def _whole(party: Party) -> Card:
    return Card(party, *(opened(party, column) for column in COLUMNS))


def masked(party: Party) -> Card:
    """Return what is known of a party as lists and one's own page show it; one's own name stands whole."""
    whole = _whole(party)
    number, address = mask_id_number(whole.id_number), mask_address(whole.address)
    return Card(party, whole.name, mask_phone(whole.phone), whole.email, number, address)
