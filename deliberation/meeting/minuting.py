"""The minutes: written in versions, signed by four, published; each matter that was talked about gets its sitting."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.proof import Proof, proven, send_code, use_up
from community.people.rules import LEVELS, Method
from community.places.models import Resident
from community.record.transaction import command
from deliberation.matter import hosting
from deliberation.matter.states import State
from deliberation.meeting.models import Attendance, Meeting, Minutes, MinutesSignature
from deliberation.meeting.moving import hold, put, take
from deliberation.meeting.naming import in_text, public_text
from deliberation.meeting.queries import agenda, find, newest_minutes, seats_of
from deliberation.meeting.rules import ATTENDEES_SIGN, MOST_WORDS, Hand
from deliberation.meeting.skeleton import section
from deliberation.meeting.workflow import Actor, Deed

LEAST: Final = 20
MATTER_MOST: Final = 2000  # signs of a sitting
NEEDED: Final[Mapping[Hand, int]] = {Hand.HOST: 1, Hand.CLERK: 1, Hand.ATTENDEE: ATTENDEES_SIGN}


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signer gives: the hash of the words they saw, and a proof of who they are."""

    shown: str
    method: Method
    typed: str


def digest(text: str) -> str:
    """Return the hash that is signed: SHA-256 of the words."""
    return hashlib.sha256(text.encode()).hexdigest()


def missing(signed: Iterable[MinutesSignature]) -> dict[Hand, int]:
    """Return how many signatures of each kind are still needed."""
    have = [each.hand for each in signed]
    return {hand: most - have.count(hand) for hand, most in NEEDED.items() if have.count(hand) < most}


@command
async def write(meeting_id: int, text: str, *, by: Person, at: datetime) -> Minutes:
    """Write the next wording. Signatures under the one before no longer count, and stay visible there.

    Raises:
        Unfit: too short, too long, or not changed.
    """
    meeting = await hold(meeting_id, Deed.WRITE, Actor.RECORDER, by=by, at=at)
    words = text.replace("\r\n", "\n").strip() + "\n"
    if not LEAST <= len(words) <= MOST_WORDS:
        raise Unfit("会议记录写 {least} 到 {most} 个字。", field="text", least=LEAST, most=MOST_WORDS)
    before = await newest_minutes(meeting)
    if before and before.text == words:
        raise Unfit("文字和上一版一样，没有要存的。", field="text")
    lost = await MinutesSignature.filter(minutes_id=before.id).count() if before else 0
    number = before.number + 1 if before else 1
    made = await Minutes.create(
        meeting=meeting,
        number=number,
        text=words,
        named="\n".join(in_text(words, await _roll(meeting))),
        hash=digest(words),
        written_by=by,
        written_at=at,
    )
    await put(meeting, Deed.WRITE, by=by, at=at, version=number, hash=made.hash, signatures_dropped=lost)
    return made


async def _roll(meeting: Meeting) -> list[str]:
    """Return the names of everybody who lives in the community."""
    rows = Resident.filter(community_id=meeting.body.community_id, moved_out=None)
    return [str(name) for name in await rows.values_list("name", flat=True)]


async def sign(meeting_id: int, signing: Signing, *, host: str, by: Person, at: datetime) -> MinutesSignature:
    """Sign the newest wording, after proving who one is.

    Raises:
        Unfit: the proof is wrong, or the words shown are not the newest.
        Forbidden: ``by`` neither hosts, nor keeps the minutes, nor was there.
        MovedOn: signed already.
    """
    about = await about_of(meeting_id, by=by, at=at)
    async with proven(about, signing.method, signing.typed, host=host, by=by, at=at) as proof:
        return await _sign(meeting_id, signing, proof, by=by, at=at)


async def ask_code(meeting_id: int, *, host: str, by: Person, at: datetime) -> None:
    """Mail ``by`` a code for signing the newest wording."""
    await send_code(await about_of(meeting_id, by=by, at=at), host=host, by=by, at=at)


async def about_of(meeting_id: int, *, by: Person, at: datetime) -> str:
    """Return what a mailed code is good for: this wording alone."""
    meeting = await require_hand(meeting_id, by=by, at=at)
    newest = await newest_minutes(meeting)
    if newest is None:
        raise MovedOn("会议记录还没有写。")
    return f"minutes-{newest.id}"


@command
async def _sign(meeting_id: int, signing: Signing, proof: Proof, *, by: Person, at: datetime) -> MinutesSignature:
    meeting = await take(await find(by, meeting_id, at=at), Deed.SIGN)
    newest, hand = await newest_minutes(meeting), await hand_of(meeting, by)
    if hand is None:
        raise Forbidden(NOT_YOURS)
    if newest is None or newest.hash != signing.shown or digest(newest.text) != newest.hash:
        raise MovedOn("记录改过了，请看完新的一版再签。")
    if await MinutesSignature.exists(minutes_id=newest.id, signer_id=by.id):
        raise MovedOn("您已经签过这一版，不用再签。")
    await use_up(proof, by=by, at=at)
    signature = await MinutesSignature.create(
        minutes=newest,
        signer=by,
        hand=hand,
        name=by.name,
        hash=newest.hash,
        method=proof.method,
        level=LEVELS[proof.method],
        at=at,
    )
    await put(meeting, Deed.SIGN, by=by, at=at, version=newest.number, hash=newest.hash, hand=hand)
    return signature


async def require_hand(meeting_id: int, *, by: Person, at: datetime) -> Meeting:
    """Return the meeting, or raise `Forbidden` when ``by`` has nothing to sign there."""
    meeting = await find(by, meeting_id, at=at)
    if await hand_of(meeting, by) is None:
        raise Forbidden(NOT_YOURS)
    return meeting


async def hand_of(meeting: Meeting, person: Person) -> Hand | None:
    """Return as what somebody signs; None for whoever was not there."""
    if person.id == meeting.host_id:
        return Hand.HOST
    if person.id == meeting.clerk_id:
        return Hand.CLERK
    own = [seat.id for seat in await seats_of(person, meeting)]
    came = bool(own) and await Attendance.exists(meeting_id=meeting.id, seat_id__in=own, came=True)
    return Hand.ATTENDEE if came else None


@command
async def publish(meeting_id: int, *, by: Person, at: datetime) -> Meeting:
    """Publish the minutes; every matter on the agenda that is being talked about has had its session with this.

    Raises:
        Unfit: somebody has not signed the newest wording.
    """
    meeting = await hold(meeting_id, Deed.PUBLISH, Actor.RECORDER, by=by, at=at)
    newest = await newest_minutes(meeting)
    signed = await MinutesSignature.filter(minutes_id=newest.id) if newest else []
    if newest is None or missing(signed):
        raise Unfit("最新一版还没有签齐：要主持人、记录人和两位到会的人都签字。")
    await _sittings(meeting, newest, by, at)
    await put(meeting, Deed.PUBLISH, by=by, at=at, columns={"minuted_at": at}, version=newest.number, hash=newest.hash)
    return meeting


async def _sittings(meeting: Meeting, minutes: Minutes, by: Person, at: datetime) -> None:
    came = {row.seat_id for row in await Attendance.filter(meeting_id=meeting.id, came=True)}
    public = await public_text(meeting, minutes.text)
    held_on = local_day(meeting.opened_at or meeting.starts_at)
    for number, item in enumerate(await agenda(meeting), start=1):
        if item.matter is None or item.matter.state is not State.DELIBERATING or not came:
            continue
        said = section(public, number)
        words = f"{said.words}\n（{meeting.title}，会议记录第 {minutes.number} 版）"[:MATTER_MOST]
        kept = {"consensus": said.agreed[:MATTER_MOST], "dissent": said.dissent[:MATTER_MOST]}
        await hosting.discuss(item.matter.id, held_on, len(came), words, **kept, by=by, at=at)


NOT_YOURS: Final = "会议记录由主持人、记录人和到会的人签字。"
