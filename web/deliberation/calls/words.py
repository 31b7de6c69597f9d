"""How questions to offices are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.calls.rules import CallKind
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {CallKind.WHISTLE: N_("吹哨"), CallKind.ANSWER: N_("请求答复")}
