"""Registering, attaching and forgetting uploads."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from community.errors import TooOften, Unfit
from community.files.intake import Taken
from community.files.models import Upload
from community.files.rules import MOST_A_DAY, clean_name
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import bookkeeping, command

KEPT_LOOSE: Final = timedelta(days=1)


@command
async def keep(taken: Taken, name: str, *, by: Person, at: datetime) -> Upload:
    """Register what was taken in as an upload of ``by`` that belongs to nothing yet.

    Raises:
        TooOften: this person handed in too much within 24 hours.
    """
    today = await Upload.filter(owner_id=by.id, at__gt=at - timedelta(days=1)).only("id", "size")
    if sum(upload.size for upload in today) + taken.size > MOST_A_DAY:
        raise TooOften("您今天传的文件已经很多了，请明天再传，或者直接送到居委会。", seconds=3600)
    upload = await Upload.create(
        community_id=by.community_id,
        owner_id=by.id,
        name=clean_name(name, taken.media_type),
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        given_sha256=taken.given_sha256,
        key=taken.key,
        at=at,
    )
    await record("file.kept", f"file-{upload.code}", by=by, at=at, community_id=by.community_id, sha256=upload.sha256)
    return upload


@command
async def attach(codes: Sequence[str], about: str, *, by: Person, at: datetime) -> list[Upload]:
    """Let uploads of ``by`` belong to ``about`` (the key of a thing, ``message-12``) from now on.

    Raises:
        Unfit: one of them is not there, is somebody else's, or belongs to something already.
    """
    wanted = list(dict.fromkeys(codes))
    moved = await Upload.filter(code__in=wanted, owner_id=by.id, about="").update(about=about)
    if moved != len(wanted):
        raise Unfit("有一个附件已经不在了，请重新传一次。", field="file")
    uploads = await Upload.filter(code__in=wanted).order_by("id")
    sums = [upload.sha256 for upload in uploads]
    await record("file.attached", about, by=by, at=at, community_id=by.community_id, files=wanted, sha256=sums)
    return uploads


@bookkeeping
async def forget_loose(*, at: datetime, limit: int = 100) -> list[str]:
    """Drop uploads that belonged to nothing for a day, and return the storage keys to delete."""
    loose = await Upload.filter(about="", at__lt=at - KEPT_LOOSE).order_by("id").limit(limit)
    gone = [upload for upload in loose if await Upload.filter(id=upload.id, about="").delete()]
    return [upload.key for upload in gone]
