"""What must be right before an agreement goes out to be signed: one table, read by the command, the preview and tests.

Source: 人民调解法 29, 32; 电子签名法 3.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediation.agreement.rules import MOST_TIMES, SHAPES, ClauseKind, Draft, Line

Found = Callable[["Desk"], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything a check looks at.

    Attributes:
        draft: the agreement.
        signatories: signs of the parties who can sign.
        today: the day on which it goes out.
        ticked: ids of the legality questions answered with yes.
        on_paper: it touches personal status or supply of water, heat or gas, and is signed on the printed sheet.
    """

    draft: Draft
    signatories: Collection[str]
    today: date
    ticked: Collection[str]
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One guard of ``finalize``: ``faults`` yields the fields to mend."""

    guard: str
    faults: Found


LEGALITY: Final[dict[str, str]] = {
    "willing": "各方都是自愿的，没有人被逼迫，也没有人被误导。",
    "lawful": "内容不违反法律的强制性规定，也不违背公序良俗。",
    "harmless": "不损害国家利益、社会公共利益和不在场的人的利益。",
    "genuine": "事情是真的，不是为了逃债、避税或者骗取别的好处。",
    "doable": "写的事办得到，谁、给谁、做什么、到哪天为止都写清楚了。",
}
"""What the mediator confirms, one by one. Source: 人民调解法 3; 民诉法解释 358."""


def fields_missing(desk: Desk) -> Iterator[str]:
    """Yield what 人民调解法 29 asks for and is not there."""
    yield from (name for name in ("facts", "issue", "blame") if not getattr(desk.draft, name).strip())
    if not desk.draft.lines:
        yield "what-1"
    for row, line in enumerate(desk.draft.lines, start=1):
        yield from (f"{name}-{row}" for name in _lacking(line))
    if desk.draft.payable and desk.draft.total is None:
        yield "total"


def _lacking(line: Line) -> Iterator[str]:
    shape = SHAPES[line.kind]
    if not line.who:
        yield "who"
    if not line.whom:
        yield "whom"
    if shape.what and not line.what.strip():
        yield "what"
    if shape.amount and not line.amount:
        yield "amount"
    if (shape.until or line.times > 1) and line.until is None:
        yield "until"
    if not 1 <= line.times <= MOST_TIMES:
        yield "times"


def strangers(desk: Desk) -> Iterator[str]:
    """Yield the rows whose obligor does not sign."""
    for row, line in enumerate(desk.draft.lines, start=1):
        if line.who and line.who not in desk.signatories:
            yield f"who-{row}"


def sum_off(desk: Desk) -> Iterator[str]:
    """Yield the last payment when all of them do not make the total."""
    paying = [
        row for row, line in enumerate(desk.draft.lines, start=1) if line.kind is ClauseKind.PAY and not line.each
    ]
    if desk.draft.total is not None and desk.draft.payable != desk.draft.total:
        yield f"amount-{paying[-1]}" if paying else "total"


def too_early(desk: Desk) -> Iterator[str]:
    """Yield the rows whose day has passed before anybody signs."""
    for row, line in enumerate(desk.draft.lines, start=1):
        if line.until and line.until < desk.today:
            yield f"until-{row}"


def unconfirmed(desk: Desk) -> Iterator[str]:
    """Yield ``legality`` until every question is answered with yes."""
    if set(LEGALITY) - set(desk.ticked):
        yield "legality"


def needs_paper(desk: Desk) -> Iterator[str]:
    """Yield the clauses of personal status that would be signed on a screen (电子签名法 3)."""
    for row, line in enumerate(desk.draft.lines, start=1):
        if line.kind is ClauseKind.STATUS and not desk.on_paper:
            yield f"kind-{row}"


CHECKS: Final = (
    Check("required_fields", fields_missing),
    Check("obligated_sign", strangers),
    Check("instalments_add_up", sum_off),
    Check("dates_after_signing", too_early),
    Check("legality_checked", unconfirmed),
    Check("paper_for_status", needs_paper),
)
"""The guards of ``finalize`` in its order; ``text_frozen`` is not here, because the command freezes the text itself."""


def faults(desk: Desk) -> dict[str, list[str]]:
    """Return the fields to mend by guard; empty when the agreement may go out."""
    found = {check.guard: list(check.faults(desk)) for check in CHECKS}
    return {guard: fields for guard, fields in found.items() if fields}
