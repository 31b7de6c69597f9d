"""Looking through a roll file, keeping it for a while, and putting it into the store once its clerk says so."""

import asyncio
import base64
import hashlib
from datetime import datetime, timedelta
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from community.places.enrolling import enrol, plan_roll
from community.places.models import Place, SheetOnHold
from community.places.roll import Roll, parse_roll
from community.places.rolling import RollPlan
from community.places.sheet import read_sheet
from community.privacy.vault import lock, unlock
from community.record.transaction import bookkeeping

HOLD: Final = timedelta(hours=1)


async def look_through(data: bytes, community: Place, *, complete: bool, by: Person, at: datetime) -> RollPlan:
    """Return what a roll file would change.

    Raises:
        Unfit: it cannot be read at all.
        Forbidden: ``by`` may not edit the community.
    """
    roll = await asyncio.to_thread(_read, data)
    return await plan_roll(roll, community, complete=complete, by=by, at=at)


async def hold(data: bytes, community: Place, *, complete: bool, by: Person, at: datetime) -> SheetOnHold:
    """Keep a file, encrypted, until its clerk confirms it or an hour has passed; an earlier one of theirs goes."""
    held = SheetOnHold(community_id=community.id, person_id=by.id, complete=complete, until=at + HOLD)
    held.sha256 = hashlib.sha256(data).hexdigest()
    held.sealed = await asyncio.to_thread(lock, base64.b64encode(data).decode(), about=_about(held))
    await _keep(held, at)
    return held


@bookkeeping
async def _keep(held: SheetOnHold, at: datetime) -> None:
    await SheetOnHold.filter(until__lte=at).delete()
    await SheetOnHold.filter(person_id=held.person_id).delete()
    await held.save()


async def confirm_sheet(code: str, *, by: Person, at: datetime) -> dict[str, int]:
    """Put a kept file into the store and return the counts.

    Raises:
        Hidden: there is no such file of ``by``, or its hour is over.
        Unfit: the store has changed so that the file no longer fits.
    """
    held = await SheetOnHold.get_or_none(code=code, person_id=by.id, until__gt=at)
    if held is None:
        raise Hidden("这份文件已经过期或者处理过了，请重新上传。")
    data = base64.b64decode(unlock(held.sealed, about=_about(held)))
    roll, community = await asyncio.to_thread(_read, data), await Place.get(id=held.community_id)
    counts = await enrol(roll, community, sha256=held.sha256, complete=held.complete, by=by, at=at)
    await _drop(held)
    return counts


@bookkeeping
async def _drop(held: SheetOnHold) -> None:
    await SheetOnHold.filter(id=held.id).delete()


def _read(data: bytes) -> Roll:
    """Read a file; long work, so it is done in a thread."""
    return parse_roll(read_sheet(data))


def _about(held: SheetOnHold) -> str:
    return f"sheet_on_hold|{held.code}|sealed"
