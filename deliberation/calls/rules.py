"""What an office may be asked, by when it must answer, and when it is late. Pure."""

from datetime import date
from enum import StrEnum
from typing import Final

from community.calendar.rules import DAY, Calendar, add_working_days
from community.errors import Unfit

ANSWER_DAYS: Final = 15  # working days for an official answer, own choice
LONGEST: Final = 60  # days a department may be given to report back
WORDS: Final = (4, 4000)  # characters of a question or an answer
NUDGE: Final = 1  # days before the end at which a reminder goes out


class CallKind(StrEnum):
    """What an office is asked for."""

    WHISTLE = "whistle"  # 吹哨：到场、处理、报告
    ANSWER = "answer"  # 正式答复


def answer_due(asked: date, calendar: Calendar) -> date:
    """Return the last day for an official answer that was asked for on ``asked``."""
    return add_working_days(asked, ANSWER_DAYS, calendar).due


def check_due(asked: date, due: date) -> None:
    """Raise `Unfit` for a day to report back that is not ahead, or too far ahead."""
    if not asked < due <= asked + LONGEST * DAY:
        raise Unfit("报告的日子要在明天以后，最长 {most} 天。", field="due_on", most=LONGEST)


def check(words: str, field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = WORDS
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)
