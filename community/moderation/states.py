"""Where a decision stands, and every step it can take; the way a clock runs out is a step like any other."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from community.moderation.rules import TERMS, Reason


class State(StrEnum):
    """Where a decision stands."""

    ASKED = "asked"  # 等第二人同意，没有收起
    URGENT = "urgent"  # 先收起了，等第二人同意
    STANDING = "standing"  # 收起
    APPEALED = "appealed"  # 申诉中
    UPHELD = "upheld"  # 申诉后维持
    ESCALATED = "escalated"  # 再次申诉中
    FINAL = "final"  # 再次申诉后维持
    REFUSED = "refused"  # 第二人不同意
    LAPSED = "lapsed"  # 没有人及时同意，自动恢复
    UNDONE = "undone"  # 经办人十分钟内撤销
    REVERSED = "reversed"  # 申诉成立，已恢复
    EXPIRED = "expired"  # 申诉没有及时答复，自动恢复
    SERVED = "served"  # 最长期限到了，自动恢复


MOVES: Final = MappingProxyType(
    {
        (State.ASKED, "confirm"): State.STANDING,
        (State.ASKED, "refuse"): State.REFUSED,
        (State.ASKED, "lapse"): State.LAPSED,
        (State.ASKED, "undo"): State.UNDONE,
        (State.URGENT, "confirm"): State.STANDING,
        (State.URGENT, "refuse"): State.REFUSED,
        (State.URGENT, "lapse"): State.LAPSED,
        (State.URGENT, "undo"): State.UNDONE,
        (State.STANDING, "undo"): State.UNDONE,
        (State.STANDING, "appeal"): State.APPEALED,
        (State.STANDING, "serve"): State.SERVED,
        (State.APPEALED, "uphold"): State.UPHELD,
        (State.APPEALED, "reverse"): State.REVERSED,
        (State.APPEALED, "expire"): State.EXPIRED,
        (State.APPEALED, "serve"): State.SERVED,
        (State.UPHELD, "appeal"): State.ESCALATED,
        (State.UPHELD, "serve"): State.SERVED,
        (State.ESCALATED, "uphold"): State.FINAL,
        (State.ESCALATED, "reverse"): State.REVERSED,
        (State.ESCALATED, "expire"): State.EXPIRED,
        (State.ESCALATED, "serve"): State.SERVED,
        (State.FINAL, "serve"): State.SERVED,
    }
)
PENDING: Final = frozenset({State.ASKED, State.URGENT})
DISPUTED: Final = MappingProxyType({State.APPEALED: 1, State.ESCALATED: 2})
"""By state: the level of the appeal that waits for its answer."""
IN_EFFECT: Final = frozenset({State.URGENT, State.STANDING, State.APPEALED, State.UPHELD, State.ESCALATED, State.FINAL})
LIVE: Final = IN_EFFECT | PENDING
BY_CLOCK: Final = frozenset({State.LAPSED, State.EXPIRED, State.SERVED})


def first_state(reason: Reason, *, protected: bool) -> State:
    """Return where a decision begins: what many stand behind needs two people, and only some reasons let one go first.

    >>> first_state(Reason.ABUSE, protected=True).value, first_state(Reason.PRIVACY, protected=True).value
    ('asked', 'urgent')
    """
    if not protected:
        return State.STANDING
    return State.URGENT if TERMS[reason].urgent else State.ASKED
