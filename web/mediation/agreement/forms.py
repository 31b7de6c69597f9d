"""What people may submit about an agreement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import ConfigDict, Field

from community.errors import Unfit
from community.people.rules import Method
from mediation.agreement.money import parse_yuan, yuan
from mediation.agreement.rules import MOST_LINES, MOST_TIMES, ClauseKind, Draft, Line, PaperMark
from web.forms import Form

T = TypeVar("T")

ROWS = 3
COLUMNS = ("kind", "who", "whom", "what", "amount", "until", "times", "each")


class BeginForm(Form):
    """达成意向."""

    accepted: bool = False


class DraftForm(Form):
    """拟定协议. The rows come as ``kind-1``, ``who-1``, …; their number is not known beforehand."""

    model_config = ConfigDict(extra="allow")

    facts: str = ""
    issue: str = ""
    blame: str = ""
    total: str = ""
    rows: int = Field(default=ROWS, ge=1, le=MOST_LINES)
    then: Literal["save", "row", "preview"] = "save"


class FinalForm(Form):
    """定稿."""

    legality: tuple[str, ...] = ()
    on_paper: Literal["yes", "no"]
    by_hand: tuple[str, ...] = ()
    kin: bool = False
    checked: str = ""


class PaperForm(Form):
    """当面签名或者按指印."""

    shown: str = Field(min_length=64, max_length=64)
    party: str = Field(max_length=16)
    mark: PaperMark
    signed_as: str = Field(max_length=64)
    witness: str = Field(max_length=64)


class OwnPaperForm(Form):
    """调解员自己在纸上签了."""

    shown: str = Field(min_length=64, max_length=64)
    own_name: str = Field(max_length=64)


class SignForm(Form):
    """签署."""

    shown: str = Field(min_length=64, max_length=64)
    name: str = Field(max_length=64)
    agreed: bool = False
    method: Method
    typed: str = Field(max_length=128)
    stroke: str = Field(default="", max_length=24_000)


class SealForm(Form):
    """盖章."""

    shown: str = Field(min_length=64, max_length=64)
    method: Method
    typed: str = Field(max_length=128)


class SureForm(Form):
    """One tick for what cannot be undone."""

    sure: bool = False


class DutyForm(Form):
    """确认履行."""

    proof: str = ""
    part: str = ""
    waive: bool = False


def parse_day(text: str) -> date:
    """Return the day in ``2026-05-04``, or raise `Unfit`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unfit("日期请写成 2026-05-04 这样。") from None


def parse_times(text: str) -> int:
    """Return the number of months in which a payment comes back, or raise `Unfit`."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_TIMES:
        raise Unfit("请写付几个月，从 1 到 {most}。", most=MOST_TIMES)
    return int(text)


def parse_kind(text: str) -> ClauseKind:
    """Return the kind of a clause, or raise `Unfit`."""
    if text not in set(ClauseKind):
        raise Unfit("请从给出的选项里选一个。")
    return ClauseKind(text)


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft read off a form cell by cell: ``wrong`` holds what could not be read, by field."""

    typed: Mapping[str, object]
    wrong: dict[str, Unfit]

    def text(self, name: str) -> str:
        """Return what was typed into a field."""
        return str(self.typed.get(name, ""))

    def take(self, name: str, parse: Callable[[str], T]) -> T | None:
        """Return what ``parse`` makes of a field, or ``None`` when it is empty or wrong."""
        text = self.text(name)
        try:
            return parse(text) if text else None
        except Unfit as why:
            self.wrong[name] = why
            return None

    def line(self, row: int) -> Line:
        """Return one row."""
        if not self.text(f"kind-{row}"):
            self.wrong[f"kind-{row}"] = Unfit("请从给出的选项里选一个。")
        return Line(
            kind=self.take(f"kind-{row}", parse_kind) or ClauseKind.OTHER,
            who=self.text(f"who-{row}"),
            whom=self.text(f"whom-{row}"),
            what=self.text(f"what-{row}"),
            amount=self.take(f"amount-{row}", parse_yuan),
            until=self.take(f"until-{row}", parse_day),
            times=self.take(f"times-{row}", parse_times) or 1,
            each=bool(self.text(f"each-{row}")),
        )

    def draft(self, rows: Iterable[int]) -> Draft:
        """Return the whole draft with the ``rows`` that say something."""
        lines = tuple(self.line(row) for row in rows)
        words = {name: self.text(name) for name in ("facts", "issue", "blame")}
        return Draft(**words, total=self.take("total", parse_yuan), lines=lines)


def rows_of(typed: Mapping[str, object], rows: int) -> list[int]:
    """Return the numbers of the rows in which something was written."""
    return [row for row in range(1, rows + 1) if any(typed.get(f"{name}-{row}") for name in COLUMNS)]


def typed_from(draft: Draft) -> dict[str, object]:
    """Return a stored draft as the form shows it."""
    typed: dict[str, object] = {"facts": draft.facts, "issue": draft.issue, "blame": draft.blame}
    typed["total"] = yuan(draft.total) if draft.total else ""
    for row, line in enumerate(draft.lines, start=1):
        amount, times = yuan(line.amount) if line.amount else "", str(line.times) if line.times > 1 else ""
        each = "on" if line.each else ""
        cells = (line.kind, line.who, line.whom, line.what, amount, line.until or "", times, each)
        typed.update({f"{name}-{row}": cell for name, cell in zip(COLUMNS, cells, strict=True)})
    return typed
