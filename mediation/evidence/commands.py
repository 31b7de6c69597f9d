"""Bringing evidence, showing it to the others, taking it back. Each deed is its owner's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tortoise.expressions import F

from community.calendar.rules import local_day
from community.errors import Forbidden, MovedOn, TooOften, Unfit
from community.files.rules import MOST_A_DAY
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.models import Case, Party
from mediation.evidence.keeping import Kept, put
from mediation.evidence.models import Evidence, EvidenceFile
from mediation.evidence.queries import Desk, Piece, desk_of, parties_for, piece_of
from mediation.evidence.rules import FILES, NEXT, SOURCE, TITLE, WORDS, Deed, ProofForm, ProofKind, Sharing

NOT_YOURS: Final = "给不给对方看、撤不撤回，只有拿来这份证据的一方能定。"
NOT_NOW: Final = "这件事现在不能再加证据了。受理以后、结案以前可以加。"
SEEN: Final = "请先勾选：我知道对方会看到。"
HEALTH: Final = "这份证据里有病历等健康信息，请先勾选单独同意，再给对方看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What somebody says of what they bring. ``party``: the code of the side, where they act for several."""

    title: str
    kind: ProofKind
    form: ProofForm
    source: str = ""
    proves: str = ""
    taken_on: date | None = None
    medical: bool = False
    party: str = ""


@command
async def bring(
    code: str,
    told: Brought,
    files: Sequence[Kept],
    *,
    shown: bool = False,
    sure: bool = False,
    by: Person,
    at: datetime,
) -> Evidence:
    """Bring a piece of evidence: for the mediator's eyes, or ``shown`` to everybody at once when its owner is ``sure``.

    Raises:
        Hidden: there is no such case, or its evidence is not for ``by``.
        Forbidden: ``by`` stands for no side here and does not mediate, or it is too early or too late.
        Unfit: it has no title, nothing was handed in, or it is to be shown and nobody said they know what that means.
    """
    desk = await desk_of(by, code, at=at)
    if not desk.brings:
        raise Forbidden(NOT_NOW)
    if shown and not sure:
        raise Unfit(HEALTH if told.medical else SEEN, field="sure")
    item = await put_down(desk.case, told, files, party=await _party(desk, told.party), shown=shown, by=by, at=at)
    await note(desk.case, "brought", item, by=by, at=at, files=[each.sha256 for each in files])
    return item


async def put_down(
    case: Case,
    told: Brought,
    files: Sequence[Kept],
    *,
    party: Party | None,
    shown: bool,
    by: Person,
    at: datetime,
) -> Evidence:
    """Write down a piece of evidence under the next number of its case; the caller has checked and records it.

    Raises:
        Unfit: it has no title, something is too long, or nothing or too much was handed in.
        TooOften: this person handed in too much within 24 hours.
    """
    _fit(told, files, at)
    await _within_a_day(files, by, at)
    await hold(case.id)
    n = await Evidence.filter(case_id=case.id).count() + 1
    item = Evidence(community_id=case.community_id, case=case, n=n, party=party, by=by, at=at)
    item.kind, item.form, item.medical, item.taken_on = told.kind, told.form, told.medical, told.taken_on
    if shown:
        item.sharing, item.shared_at = Sharing.SHARED, at
    for column in ("title", "source", "proves"):
        put(case, item, column, getattr(told, column).strip())
    await item.save()
    rows = [_file(item, each, row) for row, each in enumerate(files, start=1)]
    for row, kept in zip(rows, files, strict=True):
        put(case, row, "name", kept.name)
    await EvidenceFile.bulk_create(rows)
    return item


async def hold(case_id: int) -> None:
    """Hold the row of a case until the transaction ends, so that the numbers of its evidence have no gap."""
    await Case.filter(id=case_id).update(version=F("version"))


def _fit(told: Brought, files: Sequence[Kept], at: datetime) -> None:
    if not told.title.strip():
        raise Unfit("请给这份证据起个名字，例如“漏水照片”。", field="title")
    for field, most in (("title", TITLE), ("source", SOURCE), ("proves", WORDS)):
        n = len(getattr(told, field).strip())
        if n > most:
            raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=n, most=most)
    if told.taken_on and told.taken_on > local_day(at):
        raise Unfit("形成的日子不能在今天以后。", field="taken_on")
    if not files:
        raise Unfit("请至少选一个文件。实物请拍一张照片。", field="files")
    if len(files) > FILES:
        raise Unfit("一份证据最多 {most} 个文件，请分成几份。", field="files", most=FILES)


async def _within_a_day(files: Sequence[Kept], by: Person, at: datetime) -> None:
    today = await EvidenceFile.filter(by_id=by.id, at__gt=at - timedelta(days=1)).only("id", "size")
    if sum(each.size for each in today) + sum(each.size for each in files) > MOST_A_DAY:
        raise TooOften("您今天传的文件已经很多了，请明天再传，或者直接交给调解员。", seconds=3600)


async def _party(desk: Desk, party_code: str) -> Party | None:
    """Return the side that brings it; none for whoever mediates."""
    own = await parties_for(desk)
    if not own:
        return None
    found = next((each for each in own if each.code == party_code), None if party_code else own[0])
    if found is None:
        raise Unfit("请选是替哪一位当事人拿来的。", field="party")
    return found


def _file(item: Evidence, kept: Kept, n: int) -> EvidenceFile:
    file = EvidenceFile(code=kept.code, item=item, n=n, media_type=kept.media_type, size=kept.size)
    file.by_id, file.at = item.by_id, item.at
    file.sha256, file.key, file.copy_key, file.copy_size = kept.sha256, kept.key, kept.copy_key, kept.copy_size
    return file


@command
async def share(code: str, item_code: str, *, sure: bool = False, by: Person, at: datetime) -> Evidence:
    """Show a piece to everybody at the table. Only whoever brought it can, and it never becomes private again.

    Raises:
        Hidden: there is no such piece for ``by``.
        Forbidden: it is somebody else's.
        MovedOn: it was shown or withdrawn before, or the case is past that.
        Unfit: it tells of somebody's health, and nobody agreed to that by itself (个人信息保护法 29).
    """
    desk, piece = await owned(code, item_code, by=by, at=at)
    if piece.item.medical and not sure:
        raise Unfit(HEALTH, field="sure")
    item = await _move(desk, piece, Deed.SHARE, {"shared_at": at})
    files = [each.sha256 for each in piece.files]
    await note(desk.case, "shared", item, by=by, at=at, files=files)
    return item


@command
async def withdraw(code: str, item_code: str, *, why: str, by: Person, at: datetime) -> Evidence:
    """Take a piece back: nobody else opens it any more, and everybody who could sees that it was there.

    Raises:
        Hidden: there is no such piece for ``by``.
        Forbidden: it is somebody else's.
        MovedOn: it was withdrawn before, or what was signed rests on it.
        Unfit: nobody said why.
    """
    desk, piece = await owned(code, item_code, by=by, at=at)
    said = why.strip()
    if not said or len(said) > SOURCE:
        raise Unfit("请用一句话写明为什么撤回，最多 {most} 个字。", field="why", most=SOURCE)
    put(desk.case, piece.item, "why", said)
    item = await _move(desk, piece, Deed.WITHDRAW, {"withdrawn_at": at, "why": piece.item.why})
    await note(desk.case, "withdrawn", item, by=by, at=at)
    return item


async def owned(code: str, item_code: str, *, by: Person, at: datetime) -> tuple[Desk, Piece]:
    """Return a piece to whoever brought it; raises `Hidden` or `Forbidden` for everybody else."""
    desk, piece = await piece_of(by, code, item_code, at=at)
    if not piece.own:
        raise Forbidden(NOT_YOURS)
    return desk, piece


async def _move(desk: Desk, piece: Piece, deed: Deed, changes: dict[str, Any]) -> Evidence:
    item, to = piece.item, NEXT.get((piece.item.sharing, deed))
    swap = Evidence.filter(id=item.id, sharing=item.sharing)
    if to is None or not desk.may(deed, item) or not await swap.update(sharing=to, **changes):
        raise MovedOn("这份证据现在不能这样办了，请刷新后再看。")
    item.update_from_dict({"sharing": to, **changes})
    return item


async def note(case: Case, deed: str, item: Evidence, *, by: Person, at: datetime, **facts: Any) -> None:  # noqa: ANN401
    """Put on record what was done with a piece: codes and hashes, never a word of it."""
    about: dict[str, Any] = {"item": item.code, "n": item.n, "what": item.kind, "sharing": item.sharing, **facts}
    about["party"] = item.party_id or 0
    await record(f"evidence.{deed}", case.key, by=by, at=at, community_id=case.community_id, **about)
