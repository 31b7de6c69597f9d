"""The disputes by their numbers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tests.browser.papers.court import play_30, play_31
from tests.browser.papers.family import play_23
from tests.browser.papers.keeping import play_36, play_38
from tests.browser.papers.paying import play_01, play_02, play_10, play_14
from tests.browser.papers.stand import Stand
from tests.browser.papers.together import play_04, play_20

PLAYS: Final[Mapping[str, Callable[[Stand], Awaitable[None]]]] = {
    "01": play_01,
    "02": play_02,
    "04": play_04,
    "10": play_10,
    "14": play_14,
    "20": play_20,
    "23": play_23,
    "30": play_30,
    "31": play_31,
    "36": play_36,
    "38": play_38,
}
