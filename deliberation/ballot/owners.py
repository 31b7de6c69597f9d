"""Vote rules of owners (业主) as data. Confidence: ``read`` in the statute, ``2nd`` hand, ``mem`` from memory.

A rule that is not ``read`` is a default that a body may change, never a hard rule.
"""

from typing import Final, TypeAlias

Table: TypeAlias = dict[str, object]

BOTH: Final = ("heads", "area")
EVERYWHERE: Final = ("whole", "building", "entrance")

# 民法典 278 条 2 款：专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决
TWO_THIRDS_TAKE_PART: Final = {"bases": BOTH, "count": "taking_part", "of": "all", "at_least": "2/3"}
HALF_OF_THOSE: Final = {"bases": BOTH, "count": "yes", "of": "taking_part", "over": "1/2"}
THREE_QUARTERS_OF_THOSE: Final = {"bases": BOTH, "count": "yes", "of": "taking_part", "at_least": "3/4"}

# 旧条例 12 条：对全体业主计算，不是对参与表决的业主计算
OVER_HALF_TAKE_PART: Final = {"bases": BOTH, "count": "taking_part", "of": "all", "over": "1/2"}

CIVIL_CODE: Final[Table] = {
    "electorate": "owners",
    "scopes": EVERYWHERE,
    "quorum": (TWO_THIRDS_TAKE_PART,),
    "effective_from": "2021-01-01",
    "confidence": "read",
}
SICHUAN: Final[Table] = CIVIL_CODE | {
    "jurisdiction": "CN-51",
    "participation": "served",
    "silence": "abstain",
    "served_by": ("signed", "login"),
    "effective_from": "2022-05-01",
    "note": "签收书面表决票或者登录电子投票系统的，视为参与表决；未作出意思表示的视为弃权。",
}
OLD_REGULATION: Final[Table] = {
    "electorate": "owners",
    "quorum": (OVER_HALF_TAKE_PART,),
    "effective_from": "2007-10-01",
    "effective_to": "2020-12-31",
    "confidence": "read",
    "audit_only": True,
    "note": "门槛早于民法典，只用于复核 2021 年以前的表决。施行日期凭记忆，待核。",
}

OWNERS: Final[tuple[Table, ...]] = (
    CIVIL_CODE
    | {
        "id": "civ278.general",
        "title": "业主共同决定：一般事项（278 条 1 至 5 项、9 项）",
        "approve": (HALF_OF_THOSE,),
        "source": "民法典 278 条 2 款",
    },
    CIVIL_CODE
    | {
        "id": "civ278.major",
        "title": "业主共同决定：筹集维修资金、改建重建、改变共有部分用途（278 条 6 至 8 项）",
        "approve": (THREE_QUARTERS_OF_THOSE,),
        "source": "民法典 278 条 2 款",
    },
    SICHUAN
    | {
        "id": "sichuan.general",
        "title": "四川业主共同决定：一般事项",
        "approve": (HALF_OF_THOSE,),
        "source": "民法典 278 条 2 款；四川省物业管理条例 20、31 条",
    },
    SICHUAN
    | {
        "id": "sichuan.major",
        "title": "四川业主共同决定：重大事项",
        "approve": (THREE_QUARTERS_OF_THOSE,),
        "source": "民法典 278 条 2 款；四川省物业管理条例 20、31 条",
    },
    {
        "id": "civ279",
        "title": "住宅改为经营性用房：有利害关系的业主一致同意",
        "electorate": "interested",
        "scopes": ("building",),
        "approve": ({"bases": ("heads",), "count": "yes", "of": "all", "at_least": "1"},),
        "source": "民法典 279 条；建筑物区分所有权解释 10、11 条",
        "effective_from": "2021-01-01",
        "confidence": "read",
        "note": "名册为本栋其他业主，加上证明受到不利影响的本栋以外的业主。",
    },
    {
        "id": "oc.meeting",
        "title": "业主委员会会议",
        "electorate": "owners_committee",
        "quorum": ({"bases": ("heads",), "count": "taking_part", "of": "all", "over": "1/2"},),
        "approve": ({"bases": ("heads",), "count": "yes", "of": "all", "over": "1/2"},),
        "participation": "served",
        "silence": "abstain",
        "served_by": ("attended",),
        "source": "四川省物业管理条例 32 条；杭州市物业管理条例 29 条",
        "effective_from": "2022-05-01",
        "confidence": "read",
        "note": "通过的基数是全体成员，不是到会成员。其他省市以当地条例和议事规则为准。",
    },
    {
        "id": "henan66",
        "title": "河南：本幢、本单元事项的异议表决",
        "electorate": "owners",
        "scopes": ("building", "entrance"),
        "approve": ({"bases": BOTH, "count": "no", "of": "all", "at_most": "1/3"},),
        "source": "河南省物业管理条例 66 条",
        "jurisdiction": "CN-41",
        "effective_from": "2018-01-01",
        "confidence": "read",
        "note": "早于民法典，与 278 条的参与门槛不一致。施行日期凭记忆，待核。",
    },
    OLD_REGULATION
    | {
        "id": "pm12.old.general",
        "title": "旧条例：一般事项（仅供复核）",
        "approve": ({"bases": BOTH, "count": "yes", "of": "all", "over": "1/2"},),
        "source": "物业管理条例（2018 年文本）12 条",
    },
    OLD_REGULATION
    | {
        "id": "pm12.old.major",
        "title": "旧条例：筹集和使用维修资金、改建重建（仅供复核）",
        "approve": ({"bases": BOTH, "count": "yes", "of": "all", "at_least": "2/3"},),
        "source": "物业管理条例（2018 年文本）12 条",
    },
)
