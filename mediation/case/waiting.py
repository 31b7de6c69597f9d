"""Letting a case wait for something, and going on: the days that do not count are written down as they are."""

from datetime import datetime
from typing import Final

from community.people.models import Person
from community.record.transaction import command
from mediation.case.events import Event
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case, Pause
from mediation.case.moving import demand, move
from mediation.case.noting import fitting
from mediation.case.queries import visible_case
from mediation.case.terms import PauseReason

REASONS: Final = tuple(reason for reason in PauseReason if reason is not PauseReason.HANDOVER)
"""Why a mediator may let a case wait; waiting for another organisation begins with the handover."""


@command
async def suspend(
    code: str, reason: PauseReason, *, words: str = "", reported: bool = False, by: Person, at: datetime
) -> Case:
    """Let a case wait. Its period waits only where the rule excludes the reason; everything else runs on.

    Args:
        code: the case's query code.
        reason: one of `REASONS`.
        words: what is waited for, in a sentence; kept locked.
        reported: suspected sham mediation was reported to the committee and the court (特邀调解规定 18).
        by: the mediator who leads.
        at: when.
    """
    case, seats = await visible_case(by, code, at=at)
    demand(Event.SUSPEND, "suspend_reason", holds=reason in REASONS, field="reason")
    demand(Event.SUSPEND, "fraud_reported", holds=reported or reason is not PauseReason.SHAM, field="reported")
    told = fitting(words, "words")
    await move(case, Event.SUSPEND, seats=seats, by=by, at=at, waits=reason, reason=reason, reported=reported)
    pause = await Pause.get(case_id=case.id, until=None)
    await Pause.filter(id=pause.id).update(words=_locked(case, pause, "words", told))
    return case


@command
async def resume(code: str, *, solved: str, by: Person, at: datetime) -> Case:
    """Go on with a case that waited; ``solved`` says how the reason came to an end."""
    case, seats = await visible_case(by, code, at=at)
    told = fitting(solved, "solved")
    demand(Event.RESUME, "reason_cleared", holds=bool(told), field="solved")
    pause = await Pause.filter(case_id=case.id, until=None).first()
    await move(case, Event.RESUME, seats=seats, by=by, at=at, reason=pause.reason if pause else "")
    if pause:
        await Pause.filter(id=pause.id).update(solved=_locked(case, pause, "solved", told))
    return case


def opened_pause(case: Case, pause: Pause, column: str) -> str:
    """Return what was written of a pause (``words``, ``solved``) in the clear."""
    text: str = getattr(pause, column)
    return opened_with(case, text, about=_about(case, pause, column))


def _locked(case: Case, pause: Pause, column: str, text: str) -> str:
    return lock_with(case, text, about=_about(case, pause, column))


def _about(case: Case, pause: Pause, column: str) -> str:
    return f"case|{case.code}|pause-{pause.id}|{column}"
