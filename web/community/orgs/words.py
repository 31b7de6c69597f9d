"""What is said after something was done to an organisation."""

from collections.abc import Mapping
from typing import Final

from web.words import N_

DONE: Final[Mapping[str, str]] = {
    "set-up": N_("已建好。接下来可以办任职和印章。"),
    "changed": N_("已改好。"),
    "seal": N_("印章已换人保管，记入过程记录。"),
}
