"""A file of disputes: one line a dispute. Nothing here does I/O.

Columns may bear their Chinese or English name; what a file has besides is left alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, TypeVar

from community.calendar.rules import SHANGHAI
from community.errors import Unfit
from community.places.columns import Column, Reading, Wrong, readings
from community.places.sheet import Sheet
from mediation.case.channels import Channel
from mediation.intake.alike import UNKNOWN
from mediation.intake.rules import Filing, Kind, Named

T = TypeVar("T")

COLUMNS: Final = (
    Column("id", "编号", ("number", "external_no", "工单号", "来文编号"), must=True),
    Column("text", "经过", ("statement", "question", "event_description", "纠纷简要情况"), must=True),
    Column("channel", "来源", ("案件来源",)),
    Column("received", "收到时间", ("received_at", "登记时间")),
    Column("kind", "类型", ("type", "纠纷类型")),
    Column("applicant", "申请人", ("申请人姓名",)),
    Column("applicant_phone", "申请人电话", ("联系电话",)),
    Column("respondent", "被申请人", ("被申请人姓名",)),
    Column("respondent_phone", "被申请人电话"),
    Column("place", "地点", ("纠纷发生地",)),
    Column("wish", "请求", ("申请事项",)),
    Column("label", "原类别", ("category", "event_type")),
)
TEXT_MOST: Final = 10_000
"""Characters of an account that comes from elsewhere; who writes here is asked to be shorter."""
CHANNELS: Final[Mapping[str, Channel]] = {
    "窗口": Channel.WINDOW,
    "电话": Channel.PHONE,
    "网格": Channel.GRID,
    "排查": Channel.GRID,
    "热线": Channel.HOTLINE,
    "公安": Channel.POLICE,
    "法院": Channel.COURT,
    "信访": Channel.PETITION,
    "导入": Channel.IMPORT,
    **{channel.value: channel for channel in Channel},
}


@dataclass(frozen=True, slots=True)
class Brought:
    """One dispute as a file has it; ``label`` is how the file itself sorts it, which decides nothing."""

    line: int
    filing: Filing
    label: str


@dataclass(frozen=True, slots=True)
class Cases:
    """What a file holds, and every cell that is wrong."""

    cases: tuple[Brought, ...]
    wrong: tuple[Wrong, ...]


def parse(sheet: Sheet, kinds: Mapping[str, Kind], *, at: datetime, unnamed: bool = False) -> Cases:
    """Read a file; ``unnamed`` takes in lines without parties as well, to be completed by intake.

    Raises:
        Unfit: a column is missing or doubled.
    """
    wrong: list[Wrong] = []
    seen: dict[tuple[Channel, str], int] = {}
    found = [_brought(each, kinds, seen, at, unnamed=unnamed) for each in readings(sheet, COLUMNS, wrong, strict=False)]
    return Cases(tuple(each for each in found if each), tuple(wrong))


def _brought(
    read: Reading, kinds: Mapping[str, Kind], seen: dict[tuple[Channel, str], int], at: datetime, *, unnamed: bool
) -> Brought | None:
    number, text = read.need("id", _words(64)), read.need("text", _words(TEXT_MOST))
    channel = read.take("channel", _one_of(CHANNELS)) or Channel.IMPORT
    came = read.take("received", _moment)
    if came and came > at:
        read.object("received", Unfit("收到的时间不能在现在以后，请检查。"))
    _once(read, channel, number, seen)
    sides = [_named(read, side, unnamed=unnamed) for side in ("applicant", "respondent")]
    kind = read.take("kind", _one_of(kinds)) or Kind.OTHER
    more = {each: read.take(each, _words(1000)) or "" for each in ("place", "wish", "label")}
    if number is None or text is None or sides[0] is None or sides[1] is None:
        return None
    filing = Filing(
        kind=kind,
        statement=text,
        wish=more["wish"],
        place=more["place"],
        applicant=sides[0],
        respondent=sides[1],
        helped=True,
        channel=channel,
        number=number,
        received_at=came,
    )
    return Brought(read.line, filing, more["label"])


def _once(read: Reading, channel: Channel, number: str | None, seen: dict[tuple[Channel, str], int]) -> None:
    if number is None:
        return
    first = seen.setdefault((channel, number), read.line)
    if first != read.line:
        read.object("id", Unfit("这个编号第 {line} 行已经有了，请留一行。", line=first))


def _named(read: Reading, side: str, *, unnamed: bool) -> Named | None:
    name = read.take(side, _words(64)) if unnamed else read.need(side, _words(64))
    phone = read.take(f"{side}_phone", _words(20)) or ""
    if name or unnamed:
        return Named(name=name or UNKNOWN, phone=phone)
    return None


def _words(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise Unfit("这一格有 {n} 个字，最多 {most} 个。", n=len(text), most=most)
        return text

    return read


def _one_of(known: Mapping[str, T]) -> Callable[[str], T]:
    def read(text: str) -> T:
        if text not in known:
            raise Unfit("不认识“{text}”，请照说明改一改。", text=text[:20])
        return known[text]

    return read


def _moment(text: str) -> datetime:
    try:
        if len(text) == len("2026-05-04"):
            return datetime.combine(date.fromisoformat(text), time(), SHANGHAI)
        found = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Unfit("时间请写成 2026-05-04 或者 2026-05-04 08:00 这样。") from wrong
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)
