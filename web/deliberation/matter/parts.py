"""How the parts of a text are called."""

from collections.abc import Mapping
from typing import Final

from web.words import N_

NAMES: Final[Mapping[str, str]] = {"what": N_("做什么"), "cost": N_("花多少"), "who": N_("谁负责")}
PARAGRAPH: Final = N_("第 {n} 段")


class Parts:
    """The name of a part by its key, as a message id and its number."""

    def __getitem__(self, key: str) -> tuple[str, dict[str, object]]:
        """Return the sentence and its facts for ``what``, ``cost``, ``who``, ``p3``."""
        return (NAMES[key], {}) if key in NAMES else (PARAGRAPH, {"n": key.removeprefix("p")})


PARTS: Final = Parts()
