"""Words of the shelf."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.archive.genuine import PaperState
from mediation.archive.rules import ExportStage, Leaf, Retention
from web.mediation.digitised.words import WORDS as COPIES
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Retention.TEN: N_("保管十年"),
        Retention.THIRTY: N_("保管三十年"),
        Retention.FOREVER: N_("永久保管"),
    },
    {
        ExportStage.WAITING: N_("排队"),
        ExportStage.PRINTING: N_("排版"),
        ExportStage.SIGNING: N_("单位签名"),
        ExportStage.PACKING: N_("打包"),
        ExportStage.READY: N_("可以下载"),
        ExportStage.GONE: N_("文件已删"),
        ExportStage.FAILED: N_("没做成"),
    },
    {
        PaperState.PENDING: N_("还没有生效"),
        PaperState.IN_FORCE: N_("有效"),
        PaperState.MENDED: N_("有效，有补正书，两份一起看"),
        PaperState.REPLACED: N_("已经有新的代替"),
        PaperState.VOID: N_("作废"),
    },
    {
        Leaf.APPLICATION: N_("申请和登记"),
        Leaf.CONSENTS: N_("当事人的意愿"),
        Leaf.ACCEPTANCE: N_("受理登记表"),
        Leaf.SESSIONS: N_("调解记录"),
        Leaf.MINUTES: N_("调解笔录"),
        Leaf.EVIDENCE: N_("各方都看得到的证据"),
        Leaf.AGREEMENT: N_("调解协议书"),
        Leaf.SIGNATURES: N_("签署和用印"),
        Leaf.PERFORMANCE: N_("履行情况"),
        Leaf.VISIT: N_("回访记录"),
        Leaf.ENDING: N_("终止、不予受理或者引导的通知"),
        Leaf.NOTICES: N_("编号出具的文书"),
        Leaf.NOTES: N_("办理时写的说明"),
        Leaf.COURSE: N_("办理经过"),
    },
    *COPIES,
)
