"""授权 — taking an authorisation down, taking it back, and opening its proof, each on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Forbidden, MovedOn, Unfit
from community.files.commands import attach
from community.files.models import Upload
from community.helping.models import Authorisation, Errand
from community.helping.queries import authorisation, helps_in, home_of, proof_of, stopped
from community.helping.rules import MOST_ERRANDS, PLACE, Bar, Deed, How, refuse, until
from community.people.models import Person
from community.places.models import Resident
from community.record.outbox import record
from community.record.transaction import command

NOT_HERE: Final = "您只能替自己片区里的居民办事。请联系居委会安排。"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing the resident wants done."""

    subject: str
    deed: Deed
    position: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the helper took down at the door. ``proof`` is the code of an upload, ``days`` how long it holds."""

    resident: str
    wishes: Sequence[Wish]
    how: How
    place: str
    token: str
    proof: str = ""
    read_aloud: bool = False
    days: int = 0


async def sent_before(token: str, *, by: Person) -> Authorisation | None:
    """Return what the same form made when it was sent before."""
    return await Authorisation.get_or_none(helper_id=by.id, token=token)


@command
async def authorise(given: Given, *, by: Person, at: datetime) -> Authorisation:
    """Put down that a resident asked ``by`` to act for them.

    Raises:
        Forbidden: not a helper there, stopped, or it is themself.
        Unfit: not on the roll, nothing to do, not read aloud, or no proof.
    """
    resident = await Resident.get_or_none(code=given.resident, moved_out=None)
    refuse({Bar.GONE: resident is None})
    assert resident is not None  # noqa: S101 - refused above
    role = await helps_in(by, await home_of(resident), at=at)
    if role is None:
        raise Forbidden(NOT_HERE)
    refuse(
        {
            Bar.SELF: resident.person_id == by.id,
            Bar.STOPPED: await stopped(by.id, resident.community_id),
            Bar.NOT_READ: not given.read_aloud,
            Bar.NO_PROOF: not given.proof,
        }
    )
    _check(given)
    made = await Authorisation.create(
        community_id=resident.community_id,
        resident=resident,
        helper=by,
        role=role,
        how=given.how,
        place=given.place,
        token=given.token,
        at=at,
        until=until(at, given.days),
    )
    await attach([given.proof], made.key, by=by, at=at)
    for wish in given.wishes:
        await Errand.create(
            community_id=made.community_id,
            authorisation=made,
            subject=wish.subject,
            deed=wish.deed,
            position=wish.position,
            words=wish.words,
        )
    await _record(made, "given", resident, by, at, how=given.how, until=made.until, deeds=_named(given.wishes))
    return made


def _check(given: Given) -> None:
    if not given.wishes:
        raise Unfit("请选一件要替本人办的事。", field="deeds")
    if len(given.wishes) > MOST_ERRANDS:
        raise Unfit("一份授权最多办 {most} 件事，请分开登记。", field="others", most=MOST_ERRANDS)
    if not 1 <= len(given.place) <= PLACE:
        raise Unfit("请写在哪里办的，最多 {most} 个字。", field="place", most=PLACE)


def _named(wishes: Sequence[Wish]) -> list[str]:
    return [f"{wish.subject}:{wish.deed}" for wish in wishes]


@command
async def withdraw(code: str, *, by: Person, at: datetime) -> Authorisation:
    """Take an authorisation back: the resident themself, or the helper or the office when they say so.

    Raises:
        MovedOn: it was taken back before.
    """
    found = await authorisation(by, code, at=at)
    mine = {"withdrawn_at": at, "withdrawn_by_id": by.id}
    if not await Authorisation.filter(id=found.id, withdrawn_at=None).update(**mine):
        raise MovedOn("这份授权已经收回过了。")
    await _record(found, "withdrawn", found.resident, by, at)
    return found


@command
async def open_proof(code: str, *, by: Person, at: datetime) -> Upload:
    """Return the proof of an authorisation, and put on record who looked at it."""
    found, upload = await proof_of(by, code, at=at)
    await record("help.proof_opened", found.key, by=by, at=at, community_id=found.community_id, sha256=upload.sha256)
    return upload


async def _record(
    made: Authorisation, deed: str, resident: Resident, by: Person, at: datetime, **facts: object
) -> None:
    """Record it with the helped person, or with the code of their row of the roll when they have no account."""
    account = await Person.get_or_none(id=resident.person_id) if resident.person_id else None
    helped = None if account is not None and account.id == by.id else account
    await record(
        f"help.{deed}",
        made.key,
        by=by,
        at=at,
        community_id=made.community_id,
        on_behalf_of=helped,
        resident=resident.code,
        role=made.role,
        **facts,
    )
