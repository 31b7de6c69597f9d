"""现场平板 — a device on which anybody may vote after they were found on the roll. It forgets them after a minute.

Its token opens the kiosk and nothing else. Who checked the roll is recorded and never sees what is chosen.
"""

import hashlib
import secrets
from datetime import datetime
from typing import Final

from tortoise.expressions import F, Q

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from community.rights import Right
from deliberation.ballot.casting import hand_in, running
from deliberation.ballot.given import Given
from deliberation.ballot.models import Channel, Vote
from deliberation.ballot.votes import Choice
from deliberation.polling.models import Kiosk
from deliberation.polling.rules import IDLE
from deliberation.polling.slips import ballot_for, show_code
from deliberation.polling.speaking import speaker
from deliberation.question.marks import Marks

BYTES: Final = 32
GONE: Final = "等得太久了，这台平板已经忘记您是谁。请再输一次投票码，或者请工作人员再核对一次。"


def hash_of_token(token: str) -> str:
    """Return how a kiosk's token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@command
async def open_kiosk(ballot_id: int, *, by: Person, at: datetime) -> str:
    """Make a device a kiosk for one ballot and return the token it keeps.

    Raises:
        Forbidden: ``by`` does not set up ballots there.
        Unfit: the ballot does not run, or has no kiosk among its ways.
    """
    ballot = await ballot_for(ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    if Channel.KIOSK not in ballot.ways:
        raise Unfit("这次表决公告的投票方式里没有现场平板。")
    await running(ballot.id, at=at)
    token = secrets.token_urlsafe(BYTES)
    kiosk = await Kiosk.create(
        ballot_id=ballot.id, token_hash=hash_of_token(token), opened_by=by, opened_at=at, seen_at=at
    )
    await record("kiosk.opened", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, kiosk=kiosk.id)
    return token


@command
async def end_kiosk(code: str, *, by: Person, at: datetime) -> Kiosk:
    """Let a device be a kiosk no longer."""
    kiosk = await find_kiosk(code)
    ballot = await ballot_for(kiosk.ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    await Kiosk.filter(id=kiosk.id, ended_at=None).update(ended_at=at, head_id=None, voice_id=None)
    await record("kiosk.ended", f"ballot-{ballot.id}", by=by, at=at, community_id=ballot.community_id, kiosk=kiosk.id)
    return kiosk


async def find_kiosk(code: str) -> Kiosk:
    """Return a kiosk by the code its ballot's page names it by."""
    kiosk = await Kiosk.get_or_none(code=code)
    if kiosk is None:
        raise Hidden("没有这台平板。")
    return kiosk


async def kiosk_with(token: str, *, at: datetime) -> Kiosk:
    """Return the kiosk that holds ``token``, while its ballot takes papers."""
    kiosk = await Kiosk.get_or_none(token_hash=hash_of_token(token), ended_at=None).select_related("ballot__matter")
    if kiosk is None or at >= kiosk.ballot.closes_at:
        raise Hidden("这台平板已经停用。表决可能已经截止，请找工作人员。")
    return kiosk


@command
async def admit(code: str, head_id: int, voice_id: int | None, *, by: Person, at: datetime) -> Kiosk:
    """Hand a kiosk to a voter whom ``by`` found on the roll; who checked is recorded.

    Raises:
        MovedOn: somebody stands before it.
        Unfit: the head is not on the roll, or it was not said which owner it is.
    """
    kiosk = await find_kiosk(code)
    ballot = await ballot_for(kiosk.ballot_id, Right.BALLOT_SET_UP, by=by, at=at)
    if not await Vote.exists(ballot_id=ballot.id, head_id=head_id):
        raise Unfit("名册上没有这一户，请再选一次。", field="head")
    await speaker(head_id, voice_id)
    await _stand(kiosk, head_id, voice_id, by.id, at)
    here, which = ballot.community_id, f"ballot-{ballot.id}"
    await record("kiosk.admitted", which, by=by, at=at, community_id=here, kiosk=kiosk.id, head=head_id)
    return kiosk


async def identify(kiosk: Kiosk, typed: str, voice_id: int | None, *, host: str, at: datetime) -> None:
    """Let a voter show who they are by the code on their slip.

    Raises:
        TooOften: too many codes were tried on this device.
        Unfit: the code is wrong or belongs to another ballot.
    """
    slip = await show_code(typed, device=f"kiosk-{kiosk.id}", host=host, at=at)
    if slip.ballot_id != kiosk.ballot_id:
        raise Unfit("这个投票码是另一次表决的，请换一张。", field="code")
    await speaker(slip.head_id, voice_id)
    await _taken(kiosk, slip.head_id, voice_id, at)


@bookkeeping
async def _taken(kiosk: Kiosk, head_id: int, voice_id: int | None, at: datetime) -> None:
    await _stand(kiosk, head_id, voice_id, None, at)


async def _stand(kiosk: Kiosk, head_id: int, voice_id: int | None, checked: int | None, at: datetime) -> None:
    free = Kiosk.filter(Q(head_id=None) | Q(seen_at__lte=at - IDLE), id=kiosk.id, ended_at=None)
    facts = {"voice_id": voice_id, "checked_by_id": checked, "seen_at": at, "receipt": ""}
    if not await free.update(head_id=head_id, **facts):
        raise MovedOn("这台平板前面还有人，或者已经停用。请等一分钟。")


def turn_of(kiosk: Kiosk, *, at: datetime) -> int | None:
    """Return the head whose turn it is, None when nobody stands there or they were silent for a minute."""
    return kiosk.head_id if kiosk.head_id and at - kiosk.seen_at < IDLE else None


@command
async def choose(token: str, choice: Choice | Marks, *, at: datetime) -> str:
    """Hand in the choice of whoever stands before a kiosk, forget them, and return the receipt.

    Raises:
        Unfit: nobody does, or not any more.
    """
    kiosk = await kiosk_with(token, at=at)
    head_id = turn_of(kiosk, at=at)
    if head_id is None or not await Kiosk.filter(id=kiosk.id, head_id=head_id).update(head_id=None):
        raise Unfit(GONE)
    ballot = await running(kiosk.ballot_id, at=at)
    who = await speaker(head_id, kiosk.voice_id)
    checked = await Person.get(id=kiosk.checked_by_id) if kiosk.checked_by_id else None
    given = Given(
        head_id=head_id,
        choice=choice,
        voice=who.voice,
        channel=Channel.KIOSK,
        by=who.person,
        checked_by=checked,
    )
    paper = await hand_in(ballot, given, at=at)
    now = {"voice_id": None, "checked_by_id": None, "seen_at": at, "receipt": paper.receipt}
    await Kiosk.filter(id=kiosk.id).update(voters=F("voters") + 1, **now)
    return paper.receipt


@bookkeeping
async def stay(kiosk: Kiosk, *, at: datetime) -> None:
    """Give whoever stands before a kiosk another minute; after the minute it is too late (WCAG 2.2, 2.2.1)."""
    await Kiosk.filter(id=kiosk.id, ended_at=None, seen_at__gt=at - IDLE).update(seen_at=at)


@bookkeeping
async def leave(kiosk: Kiosk, *, at: datetime) -> None:
    """Forget whoever stands before a kiosk."""
    await Kiosk.filter(id=kiosk.id).update(head_id=None, voice_id=None, checked_by_id=None, receipt="", seen_at=at)
