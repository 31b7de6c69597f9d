"""Hanging something up, taking its photograph, and its end by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.expressions import F

from community.errors import Forbidden, Hidden, Unfit
from community.files.commands import attach
from community.files.models import Upload
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.places.models import Place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may
from community.timers.commands import Handler, set_timer
from deliberation.publicity.models import Posting, Publication
from deliberation.publicity.rules import (
    BOARD,
    BY_HAND,
    NAME,
    PRESETS,
    TITLE,
    WORDS,
    Kind,
    boards_of,
    check_days,
    check_length,
    ends,
)

SKEW: Final = timedelta(minutes=10)  # how far ahead of ours the clock of a camera may be
HANGS: Final = (Right.MATTER_SCREEN, Right.MATTER_EXECUTE, Right.MATTER_SUPERVISE)
"""Who may put a photograph to a publication: the offices, those who carry out, those who watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is hung up, where, and about what. ``due_by`` is by when it had to be, ``days`` what the body asks for."""

    kind: Kind
    subject: str
    title: str
    community_id: int
    place_id: int
    matter_id: int | None = None
    words: str = ""
    boards: Sequence[str] = (BOARD,)
    due_by: datetime | None = None
    days: int = 0


async def hang(sheet: Sheet, *, until: datetime, by: Person | None, at: datetime) -> Publication:
    """Hang ``sheet`` up from ``at`` to ``until``; call it inside the command whose event names it.

    Raises:
        Unfit: that would be fewer days than its kind must be shown.
    """
    days = check_days(sheet.kind, at, until, asked=sheet.days)
    made = await Publication.create(
        community_id=sheet.community_id,
        place_id=sheet.place_id,
        matter_id=sheet.matter_id,
        subject=sheet.subject,
        kind=sheet.kind,
        title=sheet.title[:96],
        words=sheet.words,
        boards="\n".join(sheet.boards),
        days=days,
        starts_at=at,
        ends_at=until,
        due_by=sheet.due_by,
        by_id=by.id if by else None,
    )
    await set_timer("publication.end", made.key, until, community_id=made.community_id)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a clerk hangs up by hand: on which boards, one a line, and for how many full days."""

    kind: Kind
    title: str
    words: str
    days: int = PRESETS[Kind.AFFAIRS].days
    boards: str = BOARD


@command
async def publish(place_id: int, bill: Bill, *, matter_id: int | None = None, by: Person, at: datetime) -> Publication:
    """Publish how something is carried out, or the affairs of the community.

    Raises:
        Unfit: the kind comes with a deed of its own, too few days, or too little is said.
    """
    await require_in_place(by, place_id, Right.MATTER_SCREEN, at=at)
    if bill.kind not in BY_HAND:
        raise Unfit("这一种公示随那一步自动挂出，不用另外写。", field="kind")
    check_length(bill.title, TITLE, "title")
    check_length(bill.words, WORDS, "words")
    sheet = Sheet(
        kind=bill.kind,
        subject=f"matter-{matter_id}" if matter_id else f"place-{place_id}",
        title=bill.title,
        community_id=(await Place.get(id=place_id)).community_id or place_id,
        place_id=place_id,
        matter_id=matter_id,
        words=bill.words,
        boards=boards_of(bill.boards),
        days=bill.days,
    )
    made = await hang(sheet, until=ends(at, bill.days), by=by, at=at)
    await record(
        "publication.hung", made.key, by=by, at=at, community_id=made.community_id, what=made.kind, until=made.ends_at
    )
    return made


@command
async def prove(
    publication_id: int, board: str, upload: str, *, taken_at: datetime, by: Person, at: datetime
) -> Posting:
    """Put a photograph of a board to a publication; ``upload`` is the code of a picture that ``by`` handed in.

    Raises:
        Unfit: it is no picture, or was not taken while the publication hung.
    """
    publication = await Publication.get_or_none(id=publication_id)
    if publication is None:
        raise Hidden("没有这份公示。")
    roles = await roles_in_place(by, publication.place_id, at=at)
    if not any(may(roles, right) for right in HANGS):
        raise Forbidden("张贴照片由居委会、落实单位或者监督委员会来传。")
    if not 0 < len(board.strip()) <= NAME:
        raise Unfit("请写明是哪个公告栏，最多 {most} 个字。", field="board", most=NAME)
    if not publication.starts_at - SKEW <= taken_at <= min(at + SKEW, publication.ends_at):
        raise Unfit("照片要在公示期间拍。请核对拍照的时间。", field="taken_at")
    picture = await _picture(upload, by)
    await attach([upload], publication.key, by=by, at=at)
    made = await Posting.create(
        publication=publication, board=board.strip(), upload_id=picture.id, taken_at=taken_at, by=by, at=at
    )
    await Publication.filter(id=publication.id).update(photos=F("photos") + 1)
    facts: dict[str, Any] = {"posting": made.id, "sha256": picture.sha256, "taken": taken_at}
    await record("publication.proved", publication.key, by=by, at=at, community_id=publication.community_id, **facts)
    return made


async def _picture(code: str, by: Person) -> Upload:
    picture = await Upload.get_or_none(code=code, owner_id=by.id)
    if picture is None or not picture.image:
        raise Unfit("请传一张照片，能看清公告栏上贴的是这一份。", field="file")
    return picture


@command
async def end(publication_id: int, *, at: datetime) -> None:
    """Note that the days of a publication are over, and whether there is a photograph; only the clock does this."""
    publication = await Publication.get(id=publication_id)
    await Publication.filter(id=publication.id, ended_at=None).update(ended_at=at)
    facts: dict[str, Any] = {"days": publication.days, "photos": publication.photos, "what": publication.kind}
    await record("publication.ended", publication.key, by=None, at=at, community_id=publication.community_id, **facts)


async def ended(subject: str, at: datetime) -> None:
    """End the publication whose days are over."""
    number = int(subject.removeprefix("publication-"))
    if await Publication.exists(id=number, ended_at=None, ends_at__lte=at):
        await end(number, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"publication.end": ended}
