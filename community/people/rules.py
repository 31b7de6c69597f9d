"""The numbers and tables of accounts: how long things last, how often they may be tried, who may hold what."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.errors import Unfit
from community.rights import Role


class Purpose(StrEnum):
    """The one thing that a link sent by mail is good for."""

    CONFIRM = "confirm"
    SIGN_IN = "sign-in"
    SET_PASSWORD = "set-password"  # noqa: S105 - a purpose
    MOVE = "move"  # another mailbox


SESSION: Final = timedelta(days=30)
SHARED_SESSION: Final = timedelta(hours=12)  # 公用手机

LINK_LIFE: Final = MappingProxyType(
    {
        Purpose.CONFIRM: timedelta(hours=24),
        Purpose.SIGN_IN: timedelta(minutes=20),
        Purpose.SET_PASSWORD: timedelta(minutes=20),
        Purpose.MOVE: timedelta(hours=24),
    }
)
FIRST_LINK: Final = timedelta(hours=24)  # the first administrator's

NOTICE: Final = "account"
NOTICE_VERSION: Final = "2026-05-01"

NAME_MOST: Final = 32
PASSWORD_LEAST: Final = 8
PASSWORD_MOST: Final = 128
RECOVERY_CODES: Final = 10


class Deed(StrEnum):
    """What is tried, and counted."""

    PASSWORD = "password"  # noqa: S105 - a deed
    CODE = "code"
    MAIL = "mail"
    SLIP = "slip"
    BALLOT_CODE = "ballot-code"
    PAPER = "paper"


class Method(StrEnum):
    """How a signer proved, there and then, to be who is signed in."""

    PASSWORD = "password"  # noqa: S105 - the name of a way # 再输一次密码
    MAIL = "mail"  # 邮件里的一次性验证码
    TOTP = "totp"  # 手机上的一次性验证码


class Level(StrEnum):
    """How much an electronic signature rests on."""

    S0 = "S0"  # 登录后确认
    S1 = "S1"  # 姓名、一次性验证码、文本校验值
    S3 = "S3"  # 纸上亲手签名或者按指印


LEVELS: Final = MappingProxyType({Method.PASSWORD: Level.S0, Method.MAIL: Level.S1, Method.TOTP: Level.S1})
"""What each way of proving oneself is worth. A certificate (S2) is not offered; paper (S3) is signed at the window."""


class Scope(StrEnum):
    """Over whom tries are counted."""

    ACCOUNT = "account"
    ADDRESS = "address"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` tries in ``window``. ``quiet``: the window starts anew with each try that counts.

    A quiet limit holds over every window, wherever it begins; the others count
    in windows laid end to end, so that steady use by many never shuts them out.
    """

    most: int
    window: timedelta
    quiet: bool = False


QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)

LIMITS: Final = MappingProxyType(
    {
        (Deed.PASSWORD, Scope.ACCOUNT): Limit(5, QUARTER, quiet=True),
        (Deed.PASSWORD, Scope.ADDRESS): Limit(50, QUARTER),
        (Deed.PASSWORD, Scope.ALL): Limit(3000, QUARTER),
        (Deed.CODE, Scope.ACCOUNT): Limit(5, QUARTER, quiet=True),
        (Deed.CODE, Scope.ADDRESS): Limit(50, QUARTER),
        (Deed.CODE, Scope.ALL): Limit(3000, QUARTER),
        (Deed.SLIP, Scope.ACCOUNT): Limit(5, QUARTER, quiet=True),
        (Deed.SLIP, Scope.ADDRESS): Limit(50, QUARTER),
        (Deed.SLIP, Scope.ALL): Limit(500, QUARTER),  # of some 10^12 codes
        (Deed.BALLOT_CODE, Scope.ACCOUNT): Limit(10, QUARTER),  # the device: nobody is signed in
        (Deed.BALLOT_CODE, Scope.ADDRESS): Limit(50, QUARTER),
        (Deed.BALLOT_CODE, Scope.ALL): Limit(500, QUARTER),
        (Deed.PAPER, Scope.ACCOUNT): Limit(30, QUARTER),  # the address: nobody is signed in
        (Deed.PAPER, Scope.ADDRESS): Limit(60, QUARTER),
        (Deed.PAPER, Scope.ALL): Limit(3000, QUARTER),
        (Deed.MAIL, Scope.ACCOUNT): Limit(5, HOUR),
        (Deed.MAIL, Scope.ADDRESS): Limit(50, HOUR),
        (Deed.MAIL, Scope.ALL): Limit(2000, HOUR),
    }
)

FROM_THE_ROLL: Final = frozenset({Role.RESIDENT, Role.HOUSEHOLD_REP, Role.OWNER})
"""Held by whoever is on the roll; nobody can be made one by hand."""

GRANTABLE: Final = tuple(role for role in Role if role not in FROM_THE_ROLL)

CLASHES: Final = (
    frozenset({Role.CLERK, Role.SUPERVISOR}),  # 监督者不由被监督者兼任，参照村民委员会组织法 art 32
    frozenset({Role.ADMIN, Role.AUDITOR}),  # 三员分立, GB/T 22239-2019
    frozenset({Role.ADMIN, Role.MODERATOR}),
)

_EMAIL: Final = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,24}")
_EMAIL_MOST: Final = 254


def tidy_email(text: str) -> str:
    """Return an address as it is stored: half-width, lower case.

    Raises:
        Unfit: it is no e-mail address.

    >>> tidy_email(" ＬＡＮ＠Example.org ")
    'lan@example.org'
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("。", ".")
    if len(plain) > _EMAIL_MOST or not _EMAIL.fullmatch(plain):
        raise Unfit("邮箱的写法不对，请写成 name@example.com 这样。", field="email")
    return plain


def tidy_name(text: str) -> str:
    """Return a person's name on one line without spare spaces.

    Raises:
        Unfit: it is empty or too long.

    >>> tidy_name(" 阿  兰 ")
    '阿 兰'
    """
    name = " ".join(text.split())
    if not name:
        raise Unfit("请填您的称呼。", field="name")
    if len(name) > NAME_MOST:
        raise Unfit("称呼最多 {most} 个字，请写短一些。", field="name", most=NAME_MOST)
    return name


def neighbourhood(host: str) -> str:
    """Return the part of a network address that one household shares: an IPv6 /64, else the whole.

    >>> neighbourhood("2001:db8:1:2:3:4:5:6"), neighbourhood("192.0.2.7"), neighbourhood("nobody")
    ('2001:db8:1:2::/64', '192.0.2.7', 'nobody')
    """
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else host  # noqa: PLR2004


def clash(held: frozenset[Role], role: Role) -> Role | None:
    """Return the role among ``held`` that may not be held together with ``role``, if there is one.

    >>> clash(frozenset({Role.CLERK}), Role.SUPERVISOR)
    <Role.CLERK: 'clerk'>
    """
    return next((other for pair in CLASHES if role in pair for other in pair - {role} if other in held), None)
