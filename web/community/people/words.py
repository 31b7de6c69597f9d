"""Words of accounts: what each right is called, and how a device is named."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.people.models import Mode
from community.rights import Right
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Mode.STANDARD: N_("标准版"),
    Mode.ELDER: N_("长辈版"),
    Right.MATTER_DRAFT: N_("提出议题"),
    Right.MATTER_RAISE: N_("起草从统计数字来的议题"),
    Right.MATTER_ENDORSE: N_("附议"),
    Right.MATTER_SCREEN: N_("初审议题"),
    Right.MATTER_STUDY: N_("记录党组织的研究意见（没有否决权）"),
    Right.MATTER_HOST: N_("主持讨论"),
    Right.MATTER_EXECUTE: N_("办理决定的事、报进度"),
    Right.MATTER_SUPERVISE: N_("监督办理、提出质询"),
    Right.CALL_ANSWER: N_("替单位答复、表态"),
    Right.MEETING_HOST: N_("召集和主持会议"),
    Right.MEETING_RECORD: N_("会议签到、数手、写记录"),
    Right.COMMENT_WRITE: N_("发表意见"),
    Right.BALLOT_SET_UP: N_("准备表决"),
    Right.BALLOT_RELEASE: N_("复核后放行表决"),
    Right.BALLOT_DELIVER: N_("送达表决票"),
    Right.BALLOT_CAST: N_("投票"),
    Right.BALLOT_TELL: N_("计票和核对"),
    Right.BALLOT_CANVASS: N_("上门提醒和帮办投票"),
    Right.ROLL_READ: N_("查看名册"),
    Right.ROLL_FREEZE: N_("冻结名册"),
    Right.CONTENT_REPORT: N_("举报不当内容"),
    Right.CONTENT_MODERATE: N_("处理举报（须写理由）"),
    Right.APPEAL_DECIDE: N_("裁定申诉（不能是原处理人）"),
    Right.APPEAL_REVIEW: N_("裁定再次申诉（第三方）"),
    Right.ASSIST: N_("受居民委托代办附议和留言"),
    Right.HELP_CHECK: N_("回访代办、查看授权凭证"),
    Right.CASE_FILE: N_("申请调解"),
    Right.CASE_FILE_FOR: N_("替人登记调解申请"),
    Right.CASE_INTAKE: N_("审查、受理调解申请"),
    Right.CASE_DIRECT: N_("指派调解员、决定延期和回避"),
    Right.CASE_MEDIATE: N_("主持调解"),
    Right.CASE_ARCHIVE: N_("整理和保管案卷"),
    Right.CASE_DISPATCH: N_("在各调解组织之间流转"),
    Right.CASE_SUPERVISE: N_("指导和检查调解工作"),
    Right.CASE_INDEX: N_("看案件目录（不含内容）"),
    Right.SEAL_USE: N_("使用印章"),
    Right.PLACE_EDIT: N_("维护楼栋和房屋"),
    Right.PERSON_VERIFY: N_("核实居民身份"),
    Right.ROLE_GRANT: N_("任命和结束任职"),
    Right.CALENDAR_EDIT: N_("维护工作日历"),
    Right.OUTAGE_NOTE: N_("补记停机"),
    Right.RECORD_READ: N_("查阅全过程记录"),
    Right.FILE_UPLOAD: N_("上传材料"),
    Right.SUBJECT_TAKE: N_("在窗口登记个人信息申请"),
    Right.SUBJECT_ANSWER: N_("答复个人信息申请"),
    Right.API_TOKEN: N_("发放接口令牌"),
}

DONE: Final = {
    "saved": N_("改好了，已经生效。"),
    "password": N_("密码改好了。别的设备都已退出登录。"),
    "ended": N_("那台设备已退出登录。"),
    "move-asked": N_("信寄到新邮箱了。打开信里的链接，再按一下，才算换好。"),
    "moved": N_("邮箱换好了。别的设备都已退出登录。"),
    "granted": N_("任命好了，马上生效。"),
    "role-ended": N_("任职已结束，马上生效。"),
}

_APPS: Final = (("MicroMessenger", "微信"), ("QQBrowser", "QQ 浏览器"), ("Edg", "Edge"), ("Firefox", "Firefox"),
                ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_MACHINES: Final = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
                    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """Return a short name of the browser that sent ``agent``; empty when it tells nothing.

    >>> device("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 MicroMessenger/8.0")
    'Android · 微信'
    """
    found = (next((name for mark, name in table if mark in agent), "") for table in (_MACHINES, _APPS))
    return " · ".join(name for name in found if name)
