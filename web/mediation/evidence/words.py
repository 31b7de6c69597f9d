"""Words of evidence."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.evidence.rules import Answer, Appraised, How, ProofForm, ProofKind, Sharing
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        ProofKind.PAPER: N_("书证"),
        ProofKind.THING: N_("物证"),
        ProofKind.RECORDING: N_("视听资料"),
        ProofKind.DATA: N_("电子数据"),
        ProofKind.WITNESS: N_("证人证言"),
        ProofKind.STATEMENT: N_("当事人的陈述"),
        ProofKind.OPINION: N_("鉴定意见"),
        ProofKind.INSPECTION: N_("勘验笔录"),
        ProofKind.SIGNED: N_("签好字的文书"),
    },
    {
        ProofForm.ORIGINAL: N_("原件"),
        ProofForm.COPY: N_("复印件或者照片"),
        ProofForm.ELECTRONIC: N_("本来就是电子的"),
    },
    {
        Sharing.PRIVATE: N_("只有调解员看得到"),
        Sharing.SHARED: N_("各方都看得到"),
        Sharing.WITHDRAWN: N_("已撤回"),
    },
    {Answer.ASKED: N_("等答复"), Answer.OFFERED: N_("可以看原件"), Answer.REFUSED: N_("不拿出原件")},
    {How.SHOWN: N_("看过"), How.ORIGINAL: N_("取过原文件")},
    {
        Appraised.ASKED: N_("等各方同意"),
        Appraised.AGREED: N_("各方同意，等委托"),
        Appraised.REFUSED: N_("有一方不同意，不做"),
        Appraised.RUNNING: N_("已委托，等意见"),
        Appraised.DONE: N_("意见到了"),
    },
)
