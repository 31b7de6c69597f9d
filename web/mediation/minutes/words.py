"""The words of records."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.minutes.rules import HandKind, RecordStage
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    RecordStage.OPEN: N_("正在写"),
    RecordStage.ROUND: N_("请各方核对"),
    RecordStage.SEALED: N_("已签名封存"),
    RecordStage.DROPPED: N_("作废"),
    HandKind.MEDIATOR: N_("调解员"),
    HandKind.RECORDER: N_("记录人"),
    HandKind.INTERPRETER: N_("翻译"),
    HandKind.REFUSED: N_("拒绝签字"),
}
