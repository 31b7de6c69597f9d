"""The minutes as they begin: who, when, where, each item with its questions, who spoke how long. Pure text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.calendar.rules import SHANGHAI

AGREED: Final = "一致意见："
DISSENT: Final = "不同意见："
SECTION: Final = re.compile(r"^【([0-9]{1,3})】", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was put, with its figures and what it came to in words."""

    question: str
    expected: int
    present: int
    yes: int
    no: int
    abstain: int
    came_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """One item of the agenda with what happened on it; ``speakers`` are names with whole minutes."""

    number: int
    title: str
    presenter: str = ""
    late_for: str = ""
    speakers: Sequence[tuple[str, int]] = ()
    asked: Sequence[Asked] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a meeting without anybody having written it down."""

    title: str
    form: str
    room: str
    opened_at: datetime
    closed_at: datetime
    host: str
    clerk: str
    expected: int
    came: int
    guests: int
    quorum: Sequence[str] = ()
    items: Sequence[Talked] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What the minutes say about one item."""

    words: str
    agreed: str
    dissent: str


def skeleton(facts: Facts) -> str:
    """Return the minutes for the clerk to complete."""
    head = [
        f"{facts.title}（{facts.form}）会议记录",
        f"时间：{_said(facts.opened_at)} 至 {_said(facts.closed_at)}",
        f"地点：{facts.room}",
        f"主持：{facts.host}　记录：{facts.clerk}",
        f"应到 {facts.expected}，到会 {facts.came}，列席 {facts.guests}。",
        *facts.quorum,
    ]
    return "\n".join([*head, "", *(line for item in facts.items for line in _item(item))]).strip() + "\n"


def _item(item: Talked) -> Iterable[str]:
    by = f"（{item.presenter}）" if item.presenter else ""
    yield f"【{item.number}】{item.title}{by}"
    if item.late_for:
        yield f"通知以后加的，理由：{item.late_for}"
    if item.speakers:
        yield "发言：" + "、".join(f"{name}（{minutes} 分钟）" for name, minutes in item.speakers)
    for each in item.asked:
        yield (
            f"表决“{each.question}”：应到 {each.expected}，在场 {each.present}，"
            f"赞成 {each.yes}，反对 {each.no}，弃权 {each.abstain}。{each.came_to}"
        )
    yield from ("讨论：", AGREED, DISSENT, "")


def section(text: str, number: int) -> Section:
    r"""Return what the minutes say about one item; the whole of them when its heading was taken out.

    >>> section("【1】路灯\n都同意。\n一致意见：先装两盏。\n【2】车棚", 1)
    Section(words='都同意。', agreed='先装两盏。', dissent='')
    """
    marks = list(SECTION.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    found = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True) if int(mark[1]) == number]
    lines = (found[0].split("\n")[1:] if found else text.split("\n")) or [""]
    kept = [line for line in lines if line.strip() and not line.startswith((AGREED, DISSENT))]
    return Section("\n".join(kept).strip(), _after(lines, AGREED), _after(lines, DISSENT))


def whole_minutes(began: datetime, ended: datetime) -> int:
    """Return how long somebody spoke, in whole minutes, at least one."""
    return max(1, int((ended - began).total_seconds() + 30) // 60)


def _after(lines: Iterable[str], mark: str) -> str:
    return "\n".join(line.removeprefix(mark).strip() for line in lines if line.startswith(mark)).strip()


def _said(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    on: date = local.date()
    return f"{on.year}年{on.month}月{on.day}日 {local:%H:%M}"
