"""Labels of kinds of dispute and reasons for declining."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.case.capacity import Capacity
from mediation.case.channels import Channel
from mediation.intake.alike import Likeness
from mediation.intake.leading import Organ
from mediation.intake.rules import Authorised, DeclineReason, Kind
from web.words import N_

KINDS: Final[Mapping[Enum, str]] = {
    Kind.FAMILY: N_("婚姻家庭"),
    Kind.NEIGHBOURS: N_("邻里"),
    Kind.HOUSING: N_("房屋宅基地"),
    Kind.CONTRACT: N_("钱和合同"),
    Kind.BUSINESS: N_("生产经营"),
    Kind.DAMAGE: N_("损害赔偿"),
    Kind.LAND: N_("山林土地"),
    Kind.DEMOLITION: N_("征地拆迁"),
    Kind.POLLUTION: N_("环境污染"),
    Kind.LABOUR: N_("劳动争议"),
    Kind.CONSUMER: N_("消费"),
    Kind.MEDICAL: N_("医疗"),
    Kind.TRAFFIC: N_("道路交通事故"),
    Kind.PROPERTY: N_("物业"),
    Kind.COMMITTEE: N_("村（社区）事务管理"),
    Kind.SCHOOL: N_("校园"),
    Kind.TRAVEL: N_("旅游"),
    Kind.IDEAS: N_("知识产权"),
    Kind.ONLINE: N_("互联网、金融"),
    Kind.OTHER: N_("其他"),
}

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    KINDS,
    {
        Channel.WEB: N_("网上"),
        Channel.WINDOW: N_("窗口"),
        Channel.PHONE: N_("电话"),
        Channel.GRID: N_("网格排查"),
        Channel.HOTLINE: N_("12345 热线"),
        Channel.POLICE: N_("公安移送"),
        Channel.COURT: N_("法院转来"),
        Channel.PETITION: N_("信访转来"),
        Channel.IMPORT: N_("批量导入"),
    },
    {
        Authorised.SIGNED: N_("签名"),
        Authorised.FINGERPRINT: N_("按指印"),
        Authorised.VOICE: N_("录音"),
        Authorised.CALL_BACK: N_("回拨电话核对"),
    },
    {
        Likeness.WHOLE: N_("双方、类型和楼栋都相同"),
        Likeness.SIDES: N_("双方相同"),
        Likeness.CALLER: N_("申请人的电话和楼栋相同"),
        Likeness.NAME: N_("姓名相同"),
        Likeness.PHONE: N_("电话相同"),
    },
    {
        Capacity.FULL: N_("自己做主"),
        Capacity.LIMITED: N_("要法定代理人同意"),
        Capacity.NONE: N_("由法定代理人代理"),
        Capacity.ENTITY: N_("单位"),
    },
    {
        DeclineReason.EXCLUSIVE: N_("依法由其他机关专门处理，或者法律禁止调解"),
        DeclineReason.SEIZED: N_("法院、公安或者其他机关已经受理或者处理过"),
        DeclineReason.REFUSED: N_("一方明确拒绝调解"),
        DeclineReason.NOBODY: N_("没有明确的对方当事人"),
        DeclineReason.CRIMINAL: N_("属于刑事案件"),
        DeclineReason.STATUS: N_("请求的是婚姻、亲子、收养关系本身的效力"),
        DeclineReason.REPEATED: N_("同一件事已经办结，又没有新情况"),
        DeclineReason.ADMINISTRATIVE: N_("单纯的行政争议"),
    },
    {
        Organ.GOVERNMENT: N_("政府部门或者街道、乡镇"),
        Organ.ARBITRATION: N_("仲裁委员会"),
        Organ.POLICE: N_("公安机关"),
        Organ.COURT: N_("人民法院"),
    },
)
"""One table an enum: two of them may have a value in common, and would be one key in one table."""
