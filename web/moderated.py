"""What can be reported and hidden: by kind (``comment`` of ``comment-12``), how it is found. One line a kind."""

from collections.abc import Mapping
from typing import Final

from community.moderation.content import Finder

CONTENTS: Final[Mapping[str, Finder]] = {}
