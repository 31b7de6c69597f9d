"""How links between matters are called on pages, from either end."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.lineage.rules import LinkKind
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    LinkKind.MERGED_INTO: N_("并入了"),
    LinkKind.SPLIT_FROM: N_("分自"),
    LinkKind.CONTINUES: N_("接着提"),
    LinkKind.DUPLICATE: N_("和它是一回事"),
}

BACK: Final = {
    LinkKind.MERGED_INTO: N_("并进来的"),
    LinkKind.SPLIT_FROM: N_("分出去的"),
    LinkKind.CONTINUES: N_("后来接着提的"),
    LinkKind.DUPLICATE: N_("和它是一回事"),
}
"""What a link is called on the page of the matter it leads to."""
