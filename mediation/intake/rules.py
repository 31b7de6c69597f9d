"""What can be filed, the reasons for declining, and how a link is kept. Nothing here does I/O."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.errors import Unfit
from mediation.case.channels import ASKED, NUMBERED, Channel

LINK_LIFE: Final = timedelta(days=14)
BY_MAIL: Final = "email"
BY_LETTER: Final = "letter"
"""How a link goes out; only a mailed one proves whose mailbox it is."""
STATEMENT_MOST: Final = 4000
NUMBER_MOST: Final = 64
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
    SCHOOL = "16"  # 校园
    TRAVEL = "17"  # 旅游
    IDEAS = "18"  # 知识产权
    ONLINE = "19"  # 互联网、金融
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


class Authorised(StrEnum):
    """How somebody said yes to what was filed for them, after it was read back (民法典 165)."""

    SIGNED = "signed"  # 签名
    FINGERPRINT = "fingerprint"  # 按指印
    VOICE = "voice"  # 录音
    CALL_BACK = "call-back"  # 回拨电话核对


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party as the applicant names them; at least a name."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What somebody brings. ``helped`` when the one at the keyboard only lends a hand (代办).

    ``on_paper``: it was written on a blank form while nothing worked, at ``received_at``, and is keyed in later.
    """

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
    authorised: Authorised | None = None
    channel: Channel = Channel.WEB
    number: str = ""
    received_at: datetime | None = None
    on_paper: bool = False

    @property
    def asked(self) -> bool:
        """Return whether a party asks; else somebody else sends or reports it and nobody has agreed yet."""
        return self.channel in ASKED

    def check(self, at: datetime) -> None:
        """Raise `Unfit` for the first thing to mend."""
        self._check_words()
        if self.helped:
            self._check_help()
        if self.channel in NUMBERED and not self.number.strip():
            raise Unfit("别处转来的，请填对方的编号，以后好回复。", field="number")
        if len(self.number) > NUMBER_MOST:
            raise Unfit("编号最多 {most} 个字，请检查。", field="number", most=NUMBER_MOST)
        if self.on_paper and not self.received_at:
            raise Unfit("写在纸上的，请填纸上的日期和时间，期限从那时算。", field="received_at")
        if self.received_at and self.received_at > at:
            raise Unfit("收到的时间不能在现在以后，请检查。", field="received_at")

    def _check_help(self) -> None:
        if not self.applicant.name.strip():
            raise Unfit("请写明申请人是谁。", field="applicant_name")
        if not self.asked:
            return
        if not self.told:
            raise Unfit("请先看一遍个人信息告知书，再勾选“我已知道”。", field="told")
        if not self.read_back:
            raise Unfit("代为填写的，请先向当事人读一遍，再勾选“已读给当事人听”。", field="read_back")
        if self.authorised is None:
            raise Unfit("请选当事人用什么办法认可的：签名、指印、录音，或者回拨电话核对。", field="authorised")

    def _check_words(self) -> None:
        if not self.respondent.name.strip():
            raise Unfit("请写明对方是谁；不知道姓名的，可以写“402室住户”。", field="other_name")
        if not self.statement.strip():
            raise Unfit("请写一写发生了什么事。", field="statement")
        if len(self.statement) > STATEMENT_MOST:
            n, most = len(self.statement), STATEMENT_MOST
            raise Unfit("事情经过有 {n} 个字，最多 {most} 个，请删短一些。", field="statement", n=n, most=most)
        if not self.helped and not self.told:
            raise Unfit("请先看一遍个人信息告知书，再勾选“我已知道”。", field="told")


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
