"""What can be filed, the reasons for declining, and how a link is kept. Nothing here does I/O."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.errors import Unfit

LINK_LIFE: Final = timedelta(days=14)
BY_MAIL: Final = "email"
BY_LETTER: Final = "letter"
"""How a link goes out; only a mailed one proves whose mailbox it is."""
STATEMENT_MOST: Final = 4000
NOTICE_VERSION: Final = "2026-11"
"""Version of the privacy notice a person acknowledges when filing (个人信息保护法 17)."""


class Kind(StrEnum):
    """The first level of the kinds of dispute, as the ministry's statistics name them."""

    FAMILY = "01"  # 婚姻家庭
    NEIGHBOURS = "02"  # 邻里
    HOUSING = "03"  # 房屋宅基地
    CONTRACT = "04"  # 合同
    BUSINESS = "05"  # 生产经营
    DAMAGE = "06"  # 损害赔偿
    LAND = "07"  # 山林土地
    DEMOLITION = "08"  # 征地拆迁
    POLLUTION = "09"  # 环境污染
    LABOUR = "10"  # 劳动争议
    CONSUMER = "11"  # 消费
    MEDICAL = "12"  # 医疗
    TRAFFIC = "13"  # 道路交通事故
    PROPERTY = "14"  # 物业
    COMMITTEE = "15"  # 村（社区）务管理
    OTHER = "99"  # 其他


class DeclineReason(StrEnum):
    """Why a committee may not take a dispute (人民调解法 17; 若干规定 22)."""

    EXCLUSIVE = "exclusive"  # 依法由其他机关专属处理或者法律禁止调解
    SEIZED = "seized"  # 已由法院、公安或者其他机关受理或者解决
    REFUSED = "refused"  # 一方明确拒绝
    NOBODY = "nobody"  # 没有明确的对方
    CRIMINAL = "criminal"  # 刑事案件且不属于和解范围
    STATUS = "status"  # 婚姻、亲子、收养关系的效力本身
    REPEATED = "repeated"  # 同一事已办结又没有新情况
    ADMINISTRATIVE = "administrative"  # 单纯的行政争议


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party as the applicant names them; at least a name."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What somebody brings. ``helped`` when the one at the keyboard only lends a hand (代办)."""

    kind: Kind
    statement: str
    wish: str = ""
    place: str = ""
    applicant: Named
    respondent: Named
    afraid: bool = False
    told: bool = False
    helped: bool = False
    read_back: bool = False
    channel: str = "web"

    def check(self) -> None:
        """Raise `Unfit` for the first thing to mend."""
        if not self.respondent.name.strip():
            raise Unfit("请写明对方是谁；不知道姓名的，可以写“402室住户”。", field="other_name")
        if not self.statement.strip():
            raise Unfit("请写一写发生了什么事。", field="statement")
        if len(self.statement) > STATEMENT_MOST:
            n, most = len(self.statement), STATEMENT_MOST
            raise Unfit("事情经过有 {n} 个字，最多 {most} 个，请删短一些。", field="statement", n=n, most=most)
        if not self.told:
            raise Unfit("请先看一遍个人信息告知书，再勾选“我已知道”。", field="told")
        if self.helped and not self.read_back:
            raise Unfit("代为填写的，请先向当事人读一遍，再勾选“已读给当事人听”。", field="read_back")


ROUTES: Final = MappingProxyType(
    {
        DeclineReason.EXCLUSIVE: "请到有权处理的行政机关申请处理。",
        DeclineReason.SEIZED: "请向已经受理的机关了解进展。",
        DeclineReason.REFUSED: "可以向人民法院起诉，或者申请仲裁、行政处理。",
        DeclineReason.NOBODY: "请先查明对方是谁，再来申请。",
        DeclineReason.CRIMINAL: "请向公安机关报案。",
        DeclineReason.STATUS: "请到人民法院或者民政部门办理。",
        DeclineReason.REPEATED: "有新的情况时可以再来；也可以向人民法院起诉。",
        DeclineReason.ADMINISTRATIVE: "可以申请行政复议或者提起行政诉讼。",
    }
)


def new_token() -> tuple[str, str]:
    """Return a fresh 128-bit link token and the hash under which it is stored."""
    token = secrets.token_urlsafe(16)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """Return how a link token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
