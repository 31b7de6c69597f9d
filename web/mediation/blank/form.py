"""What one form is."""

from dataclasses import dataclass, field
from typing import Final

VOLUNTARY: Final = "调解不收钱，全凭自愿，可以随时停止，也可以随时去法院。"


@dataclass(frozen=True, slots=True)
class Blank:
    """One form: ``lines`` are a label and how many lines are left for it, ``told`` what is read out before signing.

    ``before`` stands above the lines.
    """

    title: str
    lines: tuple[tuple[str, int], ...]
    signed: tuple[str, ...] = field(default=("申请人（签名或指印）", "日期"))
    told: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
