"""The words of an agreement: one canonical form that is hashed and locked, and the sentences made of it.

The document is Chinese whatever language its readers use, so its sentences are not translated.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from mediation.agreement.money import in_words
from mediation.agreement.rules import BEFORE_COURT, WRITTEN, ClauseKind, Draft, Line

PROMISES: Final[dict[ClauseKind, str]] = {
    ClauseKind.PAY: "{who}{until}向{whom}支付{amount}。{what}",
    ClauseKind.DO: "{who}{until}为{whom}完成：{what}",
    ClauseKind.STOP: "{who}{until}不再对{whom}有下列行为：{what}",
    ClauseKind.DELIVER: "{who}{until}向{whom}交付：{what}",
    ClauseKind.APOLOGISE: "{who}{until}向{whom}道歉。{what}",
    ClauseKind.COOPERATE: "{who}{until}配合{whom}办理：{what}",
    ClauseKind.GUARANTEE: "{who}{until}向{whom}提供担保：{what}",
    ClauseKind.QUIET: "{who}{until}不向他人说出与{whom}有关的下列事情：{what}",
    ClauseKind.STATUS: "{who}与{whom}就人身关系约定{until}：{what}",
    ClauseKind.TITLE: "{who}与{whom}确认归属{until}：{what}",
    ClauseKind.OTHER: "{who}与{whom}约定{until}：{what}",
}
EFFECTIVE: Final = {
    WRITTEN: "本协议自各方当事人签名、调解员签名并加盖{org}印章之日起生效，各方应当按照约定履行。",
    BEFORE_COURT: "本协议自各方当事人签名之日起生效，各方应当按照约定履行。",
}
COUNTED: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party as the document names them: sign (A1), side (A, R, T) and name."""

    sign: str
    side: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole agreement as it goes out to be signed; ``amends`` is the number of the one a supplement changes.

    ``apart`` are the names of parties without whom the others went on; it does not touch them. ``on_paper``: the law
    knows no electronic signature for it.
    """

    number: str
    case_number: str
    org: str
    mediator: str
    version: int
    parties: tuple[Named, ...]
    draft: Draft
    amends: str = ""
    apart: tuple[str, ...] = ()
    rule: str = WRITTEN
    on_paper: bool = False

    @property
    def copies(self) -> int:
        """Return how many are made: one each and one kept (人民调解法 29), one more for the office of registration."""
        return len(self.parties) + (2 if self.on_paper else 1)

    def name(self, sign: str) -> str:
        """Return the name behind a sign."""
        return next((party.name for party in self.parties if party.sign == sign), sign)


ROLES: Final = {"A": "申请人", "R": "被申请人", "T": "第三人"}


def canonical(value: Draft | Paper) -> str:
    """Return the JSON text whose bytes are hashed: keys sorted, no spaces, Chinese kept."""
    return json.dumps(asdict(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def draft_from(text: str) -> Draft:
    """Return the draft that `canonical` wrote."""
    return _draft(json.loads(text))


def paper_from(text: str) -> Paper:
    """Return the paper that `canonical` wrote."""
    value = json.loads(text)
    parties = tuple(Named(**party) for party in value.pop("parties"))
    apart = tuple(value.pop("apart", ()))
    return Paper(parties=parties, draft=_draft(value.pop("draft")), apart=apart, **value)


def _draft(value: Mapping[str, Any]) -> Draft:
    lines = tuple(_line(line) for line in value["lines"])
    return Draft(**{**value, "lines": lines})


def _line(value: Mapping[str, Any]) -> Line:
    until = value["until"]
    changed = {"kind": ClauseKind(value["kind"]), "until": date.fromisoformat(until) if until else None}
    return Line(**{**value, **changed})


def _plain(value: object) -> str:
    if not isinstance(value, date):
        raise TypeError(value)
    return value.isoformat()


def promise(paper: Paper, line: Line) -> str:
    """Return one clause as a sentence."""
    sentence = PROMISES[line.kind].format(
        who=paper.name(line.who),
        whom=paper.name(line.whom) + ("中认可本协议的每一位成员" if line.each else ""),
        what=line.what,
        until=_until(line),
        amount=f"{in_words(line.amount)}（¥{line.amount // 100:,}.{line.amount % 100:02d}）" if line.amount else "",
    )
    return sentence if sentence.endswith(("。", "！", "？")) else f"{sentence}。"


def _until(line: Line) -> str:
    if line.until and line.times > 1:
        return f"自{_day(line.until)}起，每月{line.until.day}日前（含当日），共{line.times}次，每次"
    return f"于{_day(line.until)}前（含当日）" if line.until else ""


def sections(paper: Paper) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings of the document with their paragraphs (人民调解法 29)."""
    yield "当事人", [f"{ROLES[party.side]}：{party.name}" for party in paper.parties]
    if paper.amends:
        yield "为什么变更", [f"本补充协议变更{paper.amends}。{paper.draft.because}"]
    yield "纠纷的主要事实", paper.draft.facts.split("\n")
    yield "争议事项", paper.draft.issue.split("\n")
    yield "各方当事人的责任", paper.draft.blame.split("\n")
    yield "协议内容、履行方式和期限", list(_promises(paper))
    yield "其他", list(_ending(paper))


def _promises(paper: Paper) -> Iterator[str]:
    for number, line in enumerate(paper.draft.lines, start=1):
        yield f"{number}. {promise(paper, line)}"
    if paper.draft.total:
        yield f"以上付款合计{in_words(paper.draft.total)}。"


def _ending(paper: Paper) -> Iterator[str]:
    yield EFFECTIVE[paper.rule].format(org=paper.org)
    if paper.apart:
        yield f"{'、'.join(paper.apart)}没有参加本协议，其权利义务不受本协议影响，可以另行处理。"
    if paper.amends:
        yield f"{paper.amends}原件保留；两份不一致的，以本补充协议为准。申请司法确认的期限仍从原协议生效之日起算。"
    elif any(line.kind is ClauseKind.STATUS for line in paper.draft.lines):
        yield "离婚、收养等依法需要登记的，以登记为准。人身关系不在司法确认的范围内；其余部分可以另订协议，申请确认。"
    else:
        yield "自生效之日起三十日内，各方可以共同向有管辖权的人民法院申请司法确认。"
    yield "对协议的履行或者内容发生争议的，任何一方可以向人民法院提起诉讼。"
    copies = COUNTED[paper.copies - 1] if paper.copies <= len(COUNTED) else str(paper.copies)
    more = "，办理登记等手续用一份" if paper.on_paper else ""
    yield f"本协议一式{copies}份，当事人各执一份，{paper.org}留存一份{more}。"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
