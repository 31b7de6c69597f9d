"""What a complete file holds, as a table; each thing that is missing may be left out only with a reason on record."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from community.errors import Unfit

WHY: Final = (4, 500)  # characters of a reason to leave something out


class Item(StrEnum):
    """Something that belongs into the file."""

    SCREENING = "screening"
    STUDY = "study"
    MINUTES = "minutes"
    ROLL = "roll"
    NOTICE = "notice"
    RESULT = "result"
    PHOTOS = "photos"
    DAYS = "days"
    OBJECTIONS = "objections"
    PLAN = "plan"
    EVIDENCE = "evidence"
    EVALUATION = "evaluation"
    NOTES = "notes"
    MODERATION = "moderation"


def check_left_out(missing: Collection[Item], left_out: Mapping[Item, str]) -> None:
    """Raise `Unfit` unless every missing item has a reason, and nothing else is left out.

    >>> check_left_out([], {})
    """
    without = [item for item in missing if not left_out.get(item, "").strip()]
    if without:
        raise Unfit("还有 {n} 样材料不齐。请补齐，或者逐项写明为什么没有。", field=without[0], n=len(without))
    for item in missing:
        if not WHY[0] <= len(left_out[item].strip()) <= WHY[1]:
            raise Unfit("理由写 {fewest} 到 {most} 个字。", field=item, fewest=WHY[0], most=WHY[1])
