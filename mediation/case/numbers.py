"""Case numbers, agreement numbers and dossier numbers as they stand on paper: written and read back.

Brackets are U+FF08 and U+FF09; the year is the one in Asia/Shanghai when the number was given.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from community.errors import Unfit

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
JOINT: Final = "（联）"


class Kind(StrEnum):
    """The series a number belongs to, as the two signs before 字第."""

    PEOPLE = "人调"  # 人民调解, 行业专业调解
    ADMIN = "行调"  # 行政调解
    ACCEPTED = "调受"  # 受理
    DECLINED = "调不"  # 不予受理
    INVITED = "调邀"  # 邀请
    RECUSED = "调避"  # 回避
    SUSPENDED = "调中"  # 中止
    TERMINATED = "调终"  # 终止
    TRANSFERRED = "调移"  # 移送
    URGED = "调督"  # 督促
    EXTENDED = "调延"  # 延期
    CORRECTED = "调补"  # 补正


DOSSIERS: Final = frozenset({Kind.PEOPLE, Kind.ADMIN})
"""Kinds that name a case, and so may name its dossier, its agreements and a joint handling."""

_FORM: Final = re.compile(
    r"（(?P<year>\d{4})）(?P<mark>[^\d\s（）()-]+?)"
    rf"(?P<kind>{'|'.join(Kind)})(?P<book>字|卷)第(?P<seq>[1-9]\d{{0,8}})号(?P<joint>（联）)?"
    r"(?:-协(?P<agreement>[1-9]\d{0,2})(?:-补(?P<amendment>[1-9]\d{0,2}))?)?",
    re.ASCII,
)
_COURT: Final = re.compile(r"（\d{4}）[\u4e00-\u9fff]\d{2,6}.{2,12}\d+号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number, apart from how it is written.

    Attributes:
        year: calendar year in Asia/Shanghai.
        mark: the short name of the body, e.g. 清河居, 清河街, 渝物业.
        kind: the series.
        seq: from 1 within (mark, kind, year), without gaps; a voided number is never given again.
        dossier: 卷 in place of 字.
        joint: several bodies handle it together under the lead's number.
        agreement: which agreement of the case, from 1; 0 for none.
        amendment: which amendment of that agreement, from 1; 0 for none.
    """

    year: int
    mark: str
    kind: Kind
    seq: int
    dossier: bool = False
    joint: bool = False
    agreement: int = 0
    amendment: int = 0

    def __str__(self) -> str:
        """Return the number as printed, e.g. （2026）清河居人调字第12号."""
        book = "卷" if self.dossier else "字"
        head = f"（{self.year}）{self.mark}{self.kind}{book}第{self.seq}号{JOINT if self.joint else ''}"
        tail = f"-协{self.agreement}" if self.agreement else ""
        return head + tail + (f"-补{self.amendment}" if self.amendment else "")

    @property
    def sort_key(self) -> tuple[int, str, str, int, int, int]:
        """Return what lists are ordered by, which printed text is not fit for (第12号 before 第2号)."""
        return (self.year, self.mark, self.kind, self.seq, self.agreement, self.amendment)


def year_of(at: datetime) -> int:
    """Return the calendar year in Asia/Shanghai at the aware instant ``at``."""
    return at.astimezone(SHANGHAI).year


def jointly(case: Number) -> Number:
    """Return the lead's number marked as handled together."""
    return replace(case, joint=True)


def agreement_of(case: Number, agreement: int, *, amendment: int = 0) -> Number:
    """Return the number of an agreement of ``case``, or of an amendment to it."""
    return replace(case, agreement=agreement, amendment=amendment)


def dossier_of(case: Number) -> Number:
    """Return the dossier's number: the same year, body and sequence with 卷."""
    return replace(case, dossier=True, joint=False, agreement=0, amendment=0)


def read(text: str) -> Number:
    """Return the number written in ``text``; brackets of any width and stray blanks are forgiven.

    Raises:
        Unfit: it is not one of ours.
    """
    found = _FORM.fullmatch(_tidy(text))
    if found is None:
        raise Unfit("编号的样子应当是“（2026）清河居人调字第12号”，请检查。", field="number")
    number = Number(
        year=int(found["year"]),
        mark=found["mark"],
        kind=Kind(found["kind"]),
        seq=int(found["seq"]),
        dossier=found["book"] == "卷",
        joint=found["joint"] is not None,
        agreement=int(found["agreement"] or 0),
        amendment=int(found["amendment"] or 0),
    )
    if number.kind not in DOSSIERS and (number.dossier or number.joint or number.agreement):
        raise Unfit("通知类文书没有卷号、协议号和联合调解的标记，请检查。", field="number")
    if number.dossier and (number.joint or number.agreement):
        raise Unfit("卷号后面不再写协议号和联合调解的标记，请检查。", field="number")
    return number


def resembles_court_number(text: str) -> bool:
    """Tell whether ``text`` looks like a court's number, e.g. （2026）渝0101民特12号; a hint, never a refusal."""
    return _COURT.fullmatch(_tidy(text)) is not None


def _tidy(text: str) -> str:
    """Return ``text`` without blanks, with ASCII digits and full-width brackets."""
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    return re.sub(r"[(\[〔［]", "（", re.sub(r"[)\]〕］]", "）", plain))
