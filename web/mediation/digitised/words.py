"""Words of digitised copies."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.digitised.rules import CopyStage
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        CopyStage.SCANNED: N_("已扫描，等别人和原件比对"),
        CopyStage.COMPARED: N_("已和原件比对"),
        CopyStage.RETURNED: N_("退回重扫"),
        CopyStage.LEAVING: N_("期满，等负责人定要不要销毁"),
        CopyStage.DESTROYED: N_("已销毁"),
    },
)
