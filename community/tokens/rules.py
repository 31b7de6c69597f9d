"""What a program may be allowed to do for a person, and for how long."""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """One thing a token permits, named ``thing:deed``; the person's own rights still bound it."""

    NOTICES_READ = "notices:read"  # 看我的通知
    NOTICES_WRITE = "notices:write"  # 把通知标为已读
    MATTERS_ENDORSE = "matters:endorse"  # 替我附议
    MATTERS_AMEND = "matters:amend"  # 替我提修改建议
    MATTERS_PROPOSE = "matters:propose"  # 替我起草、公开、修改、撤回议题
    MATTERS_HOST = "matters:host"  # 替我受理、答复、登记
    MATTERS_JUDGE = "matters:judge"  # 替我评议
    COMMENTS_WRITE = "comments:write"  # 替我留言
    CALLS_ANSWER = "calls:answer"  # 替我的单位答复
    PUBLICATIONS_OBJECT = "publications:object"  # 替我提异议
    REPORTS_WRITE = "reports:write"  # 替我举报
    CASES_FILE = "cases:file"  # 交来纠纷
    CASES_READ = "cases:read"  # 看交来的纠纷
    CASES_FOLLOW = "cases:follow"  # 看我能看的纠纷走到哪一步
    CASES_HAND = "cases:hand"  # 移交、答复移交
    CASES_COURT = "cases:court"  # 委派委托、司法确认的答复
    CASES_ASSIGN = "cases:assign"  # 选定调解员
    CASES_OPEN = "cases:open"  # 看约定、证据、笔录、说过的话
    CASES_TALK = "cases:talk"  # 答复约定、交证据、确认笔录、说话
    CASES_FIGURES = "cases:figures"  # 看统计
    CASES_RISK = "cases:risk"  # 看纠纷的风险颜色
    CASES_HOOK = "cases:hook"  # 登记回调地址


PREFIX: Final = "heyi_"
"""Every token begins so: a scanner of published code can find one that leaked."""

MOST: Final = 10  # tokens in force per person
LABEL_MOST: Final = 40  # characters
LIVES: Final = (30, 90, 365)  # days a token may be made for
KEEP: Final = timedelta(days=7)  # a kept reply
TOUCH: Final = timedelta(minutes=10)  # between two notes of the last use
KEY_MOST: Final = 80  # characters of an idempotency key


def scopes_of(stored: str) -> frozenset[Scope]:
    """Return the scopes in a stored list; what this version no longer knows permits nothing.

    >>> sorted(scopes_of("notices:read weather:change"))
    [<Scope.NOTICES_READ: 'notices:read'>]
    """
    return frozenset(scope for scope in Scope if scope in stored.split())
