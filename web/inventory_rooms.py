"""What each room keeps data about people for: purpose, legal ground, how long, and who reads. A table, no code.

Terms that an archive or a local rule sets are named as such. Source: 个人信息保护法 13, 17, 19; trust model, data map.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Use(NamedTuple):
    """What the data of one room is for."""

    purpose: str
    basis: str
    keep: str
    readers: str


_CONTRACT: Final = "个人信息保护法13（二）为订立、履行合同所必需"
_DUTY: Final = "个人信息保护法13（三）履行法定职责或者法定义务"
_VOTE: Final = f"{_DUTY}；民法典278；居民委员会组织法"
_MEDIATE: Final = f"个人信息保护法13（一）同意，{_DUTY}；人民调解法27"
_DECISION: Final = "随所议的事保存"
_FILE: Final = "卷宗保管期限（10年、30年或者永久），到期鉴定后销毁"
_PUBLIC: Final = "公开的部分所有人，其余本小区办事的人"
_CASE: Final = "本人和办这件事的人，查阅留痕"

ROOMS: Final[Mapping[str, Use]] = {
    "community.files": Use("保存上传的材料", _CONTRACT, "随所附的事", "附在哪件事就由哪件事定"),
    "community.helping": Use("代办和回访", "个人信息保护法13（一）同意", "委托结束后三年", "本人、代办和回访的人"),
    "community.hooks": Use("把事情告诉用户自己的系统", _CONTRACT, "停用为止", "本人"),
    "community.moderation": Use("处理违规内容和申诉", _DUTY + "；网络安全法47", "三年", "作者本人、审核和复核的人"),
    "community.notice": Use("通知", _CONTRACT, "信件内容寄出即删，站内通知随账号", "本人"),
    "community.orgs": Use("单位的印章保管人", _DUTY, "任职期间", "本单位"),
    "community.people": Use("账号和任职", _CONTRACT, "注销后一年", "本人；称呼给一起办事的人"),
    "community.places": Use("名册和产权面积，谁能参加表决", _VOTE, "随表决保存", "本户和管名册的人，公开时遮住"),
    "community.record": Use("过程记录，只有编号", _DUTY + "；网络安全法21", "不少于六个月，随卷宗", "有权查记录的人"),
    "community.search": Use("搜索公开的内容", _CONTRACT, "随原文", _PUBLIC),
    "community.subject_requests": Use(
        "个人信息申请和答复", "个人信息保护法50", "答复后三年", "本人、窗口登记的人、个人信息保护负责人"
    ),
    "community.tokens": Use("用户自己的程序接入", _CONTRACT, "撤销为止", "本人"),
    "deliberation.archive": Use("议事归档", _DUTY, _DECISION, _PUBLIC),
    "deliberation.ballot": Use("表决、计票和核对", _VOTE, "决议有效期加三年", "本人；计票和监督的人；公示时遮住"),
    "deliberation.body": Use("参加表决的名册", _VOTE, "随表决保存", "本户、管名册的人，公示时遮住"),
    "deliberation.budget": Use("居民定项目和钱", _VOTE, _DECISION, _PUBLIC),
    "deliberation.calls": Use("请部门答复", _DUTY, _DECISION, _PUBLIC),
    "deliberation.charter": Use("公约和议事规则登记", _DUTY, "公约有效期间", _PUBLIC),
    "deliberation.debate": Use("讨论意见", _CONTRACT, _DECISION, _PUBLIC),
    "deliberation.delivery": Use("送达表决票", _VOTE, "决议有效期加三年", "办表决和监督的人"),
    "deliberation.following": Use("关注一件事", _CONTRACT, "取消为止", "本人"),
    "deliberation.lineage": Use("合并和关联", _DUTY, _DECISION, _PUBLIC),
    "deliberation.mandate": Use("委托投票", _VOTE + "；民法典161", "决议有效期加三年", "委托双方和核对的人"),
    "deliberation.matter": Use("提议、附议和审查", _VOTE, _DECISION, _PUBLIC),
    "deliberation.meeting": Use("开会、签到和会议记录", _VOTE, _DECISION, "到会的人；公开的部分所有人"),
    "deliberation.outcome": Use("落实、监督和评价", _DUTY, _DECISION, _PUBLIC),
    "deliberation.oversight": Use("指导、纠正和复查", _DUTY, _DECISION, "提议人和负责的单位"),
    "deliberation.polling": Use("纸票、上门和票站", _VOTE, "决议有效期加三年", "办表决和监督的人"),
    "deliberation.publicity": Use("公示和异议", _VOTE, _DECISION, _PUBLIC),
    "deliberation.question": Use("候选人", _VOTE, _DECISION, _PUBLIC),
    "deliberation.stakeholder": Use("利害关系和邀请", _VOTE, _DECISION, _PUBLIC),
    "mediation.agreement": Use("协议、签名和履行", _MEDIATE + "；电子签名法13", _FILE, _CASE),
    "mediation.appointment": Use("约时间见面", _MEDIATE, _FILE, _CASE),
    "mediation.archive": Use("立卷归档", _MEDIATE + "；档案法", _FILE, "档案员、主任和主持人"),
    "mediation.assignment": Use("选调解员和回避", _MEDIATE, _FILE, _CASE),
    "mediation.case": Use("受理和办理纠纷", _MEDIATE, _FILE, _CASE),
    "mediation.clock": Use("期限和延期", _MEDIATE, _FILE, _CASE),
    "mediation.confirmation": Use("申请司法确认", _MEDIATE + "；民事诉讼法205", _FILE, "双方、主持人和法院"),
    "mediation.digitised": Use("纸质旧卷数字化", _MEDIATE + "；档案法", _FILE, "本单位档案员和主任"),
    "mediation.disposal": Use("卷宗的鉴定和销毁清册", _DUTY + "；档案法", "长期", "档案员和主任"),
    "mediation.evidence": Use("证据材料", _MEDIATE + "；敏感的单独同意（29）", _FILE, "提交人；愿意给看的才给别人看"),
    "mediation.feedback": Use("满意度和投诉", "个人信息保护法13（一）同意", _FILE, "主任；调解员看不到是谁"),
    "mediation.intake": Use("登记申请", _MEDIATE, _FILE, _CASE),
    "mediation.interpreting": Use("翻译", _MEDIATE, _FILE, _CASE),
    "mediation.letters": Use("没有账号的人的信件", _MEDIATE + "；人民调解法17、22", _FILE, _CASE),
    "mediation.minutes": Use("调解笔录", _MEDIATE, _FILE, _CASE),
    "mediation.papers": Use("文书编号", _MEDIATE, _FILE, "当事人和出具的单位"),
    "mediation.parties": Use("监护人、代理人、翻译和名册", _MEDIATE + "；民法典23、161", _FILE, _CASE),
    "mediation.paying": Use("付没付的争议", _MEDIATE + "（31）", _FILE, _CASE),
    "mediation.privacy": Use("谁看过、临时查阅", _DUTY + "；个人信息保护法54", "不少于三年", "当事人和负责的人"),
    "mediation.referral": Use("移交", _MEDIATE + "；向别家提供单独同意（23）", _FILE, "移送和接收的单位"),
    "mediation.register": Use("调解员名册和工作台", _DUTY + "；人民调解法14", "任职期间", "本单位主任"),
    "mediation.risk": Use("风险和安全", "个人信息保护法13（四）紧急情况", _FILE, "主持人和主任，红色时加值守"),
    "mediation.room": Use("调解室里的话", _MEDIATE, "归档后单独谈话30天、共同谈话180天", "在这一间里的人"),
    "mediation.supervision": Use("督办", _DUTY, _FILE, "被督办的单位和督办的人"),
}
