"""The states of a list of dossiers to be destroyed. Nothing does I/O."""

from enum import StrEnum
from typing import Final, NamedTuple

from community.errors import MovedOn


class DisposalStage(StrEnum):
    """Where a list stands."""

    PROPOSED = "proposed"
    DESTROYED = "destroyed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What moves it."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Row(NamedTuple):
    """One line of the table."""

    here: DisposalStage
    deed: Deed
    there: DisposalStage


ROWS: Final = (
    Row(DisposalStage.PROPOSED, Deed.APPROVE, DisposalStage.DESTROYED),
    Row(DisposalStage.PROPOSED, Deed.REFUSE, DisposalStage.REFUSED),
    Row(DisposalStage.PROPOSED, Deed.WITHDRAW, DisposalStage.WITHDRAWN),
)
SERIES: Final = "销毁清册"
MOST: Final = 50  # dossiers of one list
WORDS: Final = 500  # signs of an opinion
LEAST: Final = 4
MOVED: Final = "这份清册已经有了结果。请刷新页面看一看。"


def after(here: DisposalStage, deed: Deed) -> DisposalStage:
    """Return where ``deed`` leads; raises `MovedOn` when it is over.

    >>> after(DisposalStage.PROPOSED, Deed.APPROVE).value
    'destroyed'
    """
    for row in ROWS:
        if (row.here, row.deed) == (here, deed):
            return row.there
    raise MovedOn(MOVED)


def number_of(mark: str, year: int, seq: int) -> str:
    """Return the number of a list.

    >>> number_of("幸福里", 2037, 2)
    '（2037）幸福里销毁清册第2号'
    """
    return f"（{year}）{mark}{SERIES}第{seq}号"
