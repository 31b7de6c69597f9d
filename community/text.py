"""Text from outside, made safe to keep: normalised, without control characters or broken code points."""

import re
import unicodedata
from typing import Final

from community.errors import Unfit

_ALLOWED: Final = "\n\t"
_BROKEN: Final = re.compile(r"[\ud800-\udfff]")
_TRICKS: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]")


def clean(text: str, *, field: str | None = None) -> str:
    """Return ``text`` in NFC with plain line ends and without invisible direction tricks.

    Raises:
        Unfit: it holds control characters or broken code points.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if _BROKEN.search(unified) or any(unicodedata.category(c) == "Cc" and c not in _ALLOWED for c in unified):
        raise Unfit("文字里有看不见的控制字符，请删掉后再试，或者重新打一遍。", field=field)
    return unicodedata.normalize("NFC", _TRICKS.sub("", unified))
