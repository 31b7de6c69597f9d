"""Vote rules of residents and villagers as data. Those present who do not vote stay in the base, as abstaining.

过半数 and 超过三分之二 must be exceeded; 三分之二以上 includes the figure (民法典 1259 条).
"""

from typing import Final, TypeAlias

Table: TypeAlias = dict[str, object]

HEADS: Final = ("heads",)
OVER_HALF: Final = {"bases": HEADS, "count": "taking_part", "of": "all", "over": "1/2"}
TWO_THIRDS: Final = {"bases": HEADS, "count": "taking_part", "of": "all", "at_least": "2/3"}
OVER_TWO_THIRDS: Final = {"bases": HEADS, "count": "taking_part", "of": "all", "over": "2/3"}
OVER_HALF_OF_THOSE: Final = {"bases": HEADS, "count": "yes", "of": "taking_part", "over": "1/2"}
THIRD_OF_THOSE: Final = {"bases": HEADS, "count": "yes", "of": "taking_part", "at_least": "1/3"}

PRESENT: Final[Table] = {"participation": "served", "silence": "abstain", "served_by": ("attended",)}
RC25: Final[Table] = {"source": "城市居民委员会组织法（2025）", "effective_from": "2026-01-01"}
RC18: Final[Table] = {
    "source": "城市居民委员会组织法（2018）",
    "effective_from": "2018-12-29",
    "effective_to": "2025-12-31",
}
VC25: Final[Table] = {
    "source": "村民委员会组织法（2025）",
    "effective_from": "2026-01-01",
    "note": "修改决定的施行日期为间接来源，待核。",
}

# fmt: off
MEETINGS: Final = (
    # rule                        meeting                  whose roll         who must come  law   article
    ("rc25.assembly.adults",     "居民会议（按居民）",     "adults",          OVER_HALF,     RC25, "27 条"),
    ("rc25.assembly.households", "居民会议（按户）",       "households",      OVER_HALF,     RC25, "27 条"),
    ("rc25.rep",                 "居民代表会议",           "members",         TWO_THIRDS,    RC25, "29 条"),
    ("rc18.assembly.adults",     "居民会议（按居民）",     "adults",          OVER_HALF,     RC18, "9、10 条"),
    ("rc18.assembly.households", "居民会议（按户）",       "households",      OVER_HALF,     RC18, "9、10 条"),
    ("rc18.assembly.delegates",  "居民会议（按小组代表）", "group_delegates", OVER_HALF,     RC18, "9、10 条"),
    ("vc25.assembly.adults",     "村民会议（按村民）",     "adults",          OVER_HALF,     VC25, "26 条"),
    ("vc25.assembly.households", "村民会议（按户）",       "households",      TWO_THIRDS,    VC25, "26 条"),
    ("vc.rep",                   "村民代表会议",           "members",         TWO_THIRDS,    VC25, "30 条"),
    ("vc.group.adults",          "村民小组会议（按村民）", "adults",          TWO_THIRDS,    VC25, "32 条"),
    ("vc.group.households",      "村民小组会议（按户）",   "households",      TWO_THIRDS,    VC25, "32 条"),
)

# 另行选举 asks of each winner a third of the ballots cast, not half; its turnout is read as that of the first round.
VOTES: Final = (
    # rule          what           what each candidate, or the recall, needs  on a tie  article
    ("rc25.elect",  "居委会选举",     OVER_HALF_OF_THOSE,                     "revote", "19 条"),
    ("rc25.rerun",  "居委会另行选举", THIRD_OF_THOSE,                         "revote", "19 条"),
    ("rc25.recall", "罢免居委会成员", OVER_HALF_OF_THOSE,                     "reject", "20 条"),
)

MODES: Final = (
    # mode         whose roll         who must vote    said
    ("voters",     "voters",          OVER_HALF,       "选民投票"),
    ("households", "households",      OVER_HALF,       "户的代表投票"),
    ("reps",       "representatives", OVER_TWO_THIRDS, "居民代表投票"),
)
# fmt: on

RESIDENTS: Final[tuple[Table, ...]] = (
    *(
        {**PRESENT, **law, "id": name, "title": title, "electorate": whose, "source": f"{law['source']} {article}"}
        | {"quorum": (come,), "approve": (OVER_HALF_OF_THOSE,), "confidence": "read"}
        for name, title, whose, come, law, article in MEETINGS
    ),
    *(
        {**RC25, "id": f"{name}.{mode}", "title": f"{title}（{said}）", "electorate": whose}
        | {"source": f"{RC25['source']} {article}", "confidence": "read"}
        | {"quorum": (come,), "approve": (need,), "tie": tie}
        for name, title, need, tie, article in VOTES
        for mode, whose, come, said in MODES
    ),
)
