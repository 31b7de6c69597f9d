"""How kinds of questions are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.rules import Tie
from deliberation.question.rules import Kind, Method, Post, Side
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Kind.YES_NO: N_("赞成、反对、弃权"),
    Kind.SINGLE: N_("几个方案选一个"),
    Kind.SEATS: N_("选人：选几个人"),
    Kind.APPROVAL: N_("征求意见：认可几个选几个"),
    Kind.SCORE: N_("征求意见：每一项打 0 到 5 分"),
    Kind.RANKED: N_("征求意见：排先后"),
    Method.RUN_OFF: N_("逐轮淘汰：每轮去掉第一名最少的，直到有一个过半"),
    Method.SCHULZE: N_("两两相比（舒尔策法）：比谁被更多的人排在前面"),
    Side.PARTY: N_("党员"),
    Side.HOUSEHOLDS: N_("户代表"),
    Side.OWNERS: N_("业主"),
    Post.REPRESENTATIVES: N_("居民代表、楼栋代表"),
    Post.OWNERS_COMMITTEE: N_("业主委员会委员"),
    Post.RESIDENTS_COMMITTEE: N_("居民委员会成员（只能征求意见或会前准备）"),
    Post.VILLAGERS_COMMITTEE: N_("村民委员会成员（只能征求意见或会前准备）"),
    Tie.REVOTE: N_("再投一次"),
    Tie.LOT: N_("按公布的种子抽签"),
    Tie.REJECT: N_("算没有通过"),
}

HEADS: Final[Mapping[Kind, str]] = {
    Kind.YES_NO: N_("{title}，您同意吗？"),
    Kind.SINGLE: N_("{title}：您选哪一个？"),
    Kind.SEATS: N_("{title}：请您选人"),
    Kind.APPROVAL: N_("{title}：您认可哪几个？"),
    Kind.SCORE: N_("{title}：请您打分"),
    Kind.RANKED: N_("{title}：请您排先后"),
}
"""What a ballot asks, as its heading."""

ASKS: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: N_("选一个，再按下面的按钮。都不选，选“弃权”。"),
    Kind.SEATS: N_("最多选 {n} 个，可以少选，多选了整张票作废。都不选，勾“弃权”。"),
    Kind.APPROVAL: N_("认可的都可以勾，勾几个都行。都不认可，勾“弃权”。"),
    Kind.SCORE: N_("每一项打 0 到 5 分，5 分最好。没打分的算 0 分。"),
    Kind.RANKED: N_("最想要的写 1，其次写 2，一个接一个。不想排的可以空着，算排在最后。"),
}
"""How a paper is filled in."""

PRINTED: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: N_("只在一个前面打勾。勾了几个的，整张作废。"),
    Kind.SEATS: N_("最多勾 {n} 个，可以少勾。多勾了，整张作废。"),
    Kind.APPROVAL: N_("认可的都打勾，勾几个都行。"),
    Kind.SCORE: N_("每一项勾一个分，5 分最好。没勾的算 0 分，一项勾了两个分的整张作废。"),
    Kind.RANKED: N_("最想要的写 1，其次写 2，一个接一个。不想排的空着。写重了、跳了号，整张作废。"),
}
"""How a printed sheet is filled in, and what makes it void."""

COUNTS: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: N_("一张票选一个。得票过半的方案通过；都不过半，就都没有通过。"),
    Kind.SEATS: N_("要选 {n} 个。得票过半，再按票数从多到少取前 {n} 名。"),
    Kind.APPROVAL: N_("看哪个认可的票最多，取前 {n} 名。征求意见，没有法律效力，不设门槛。"),
    Kind.SCORE: N_("每一项的分加起来，取前 {n} 名。征求意见，没有法律效力，不设门槛。"),
    Kind.RANKED: N_("两种算法都算、都公布。征求意见，没有法律效力，不设门槛。"),
}
"""How papers are counted, for the notice."""
