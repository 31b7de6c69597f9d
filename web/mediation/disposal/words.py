"""How lists of dossiers to be destroyed are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.disposal.rules import DisposalStage
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    DisposalStage.PROPOSED: N_("等主任同意"),
    DisposalStage.DESTROYED: N_("已销毁"),
    DisposalStage.REFUSED: N_("没有同意"),
    DisposalStage.WITHDRAWN: N_("已撤回"),
}
