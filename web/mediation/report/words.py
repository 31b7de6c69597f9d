"""Words of the statistics: where disputes came from, and how much money they were about."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.report.form import Band, Source
from mediation.report.tail import After
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Source.APPLIED: N_("当事人申请"),
        Source.FOUND: N_("主动排查"),
        Source.SENT: N_("接受委托移送"),
        Source.IMPORTED: N_("批量导入"),
    },
    {
        Band.NONE: N_("没有金额"),
        Band.TO_10K: N_("不满一万元"),
        Band.TO_50K: N_("一万至五万元"),
        Band.TO_200K: N_("五万至二十万元"),
        Band.ABOVE: N_("二十万元以上"),
    },
    {
        After.SWEEPS: N_("排查（次）"),
        After.HOMES: N_("排查走访（户）"),
        After.FOUND: N_("排查发现"),
        After.SETTLED: N_("预防纠纷（当场劝好）"),
        After.VISITED: N_("回访（次）"),
        After.DANGER: N_("回访发现还可能再闹起来的"),
        After.KEPT: N_("按时履行的义务（项）"),
        After.LATE: N_("逾期或者没有履行的义务（项）"),
        After.DUE: N_("到期的义务合计（项）"),
        After.AT_ONCE: N_("当场履行"),
        After.PLEASED: N_("满意的当事人"),
        After.NOT_PLEASED: N_("答了、不满意的当事人"),
        After.SILENT: N_("没有答的当事人"),
        After.ASKED: N_("问过的当事人合计"),
        After.APPLIED: N_("申请司法确认（件）"),
        After.CONFIRMED: N_("法院确认"),
        After.REFUSED: N_("法院没有确认"),
        After.DECIDED: N_("法院有结果合计"),
    },
)
