"""What may be complained about, and what becomes of it. Nothing here does I/O.

Source: 人民调解法 15 (four acts of a mediator that the committee criticises or ends the appointment for); the leak by
somebody else who was there is held against nobody by itself, it is looked at and counted.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Grievance(StrEnum):
    """What a complaint is about."""

    PARTIAL = "partial"  # 偏袒一方当事人
    INSULT = "insult"  # 侮辱当事人
    GIFT = "gift"  # 索取、收受财物或者其他好处
    LEAK = "leak"  # 泄露当事人的隐私、商业秘密
    SPREAD = "spread"  # 有人把谈话内容传到外面


class Looked(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"  # 等答复
    UPHELD = "upheld"  # 属实
    NOT_UPHELD = "not-upheld"  # 不属实


NEXT: Final = MappingProxyType(
    {
        Looked.OPEN: frozenset({Looked.UPHELD, Looked.NOT_UPHELD}),
        Looked.UPHELD: frozenset[Looked](),
        Looked.NOT_UPHELD: frozenset[Looked](),
    }
)
"""Where a complaint may go from each place."""
OF_MEDIATOR: Final = frozenset({Grievance.PARTIAL, Grievance.INSULT, Grievance.GIFT, Grievance.LEAK})
"""What is said of the mediator; the rest is said of somebody else who was there."""
