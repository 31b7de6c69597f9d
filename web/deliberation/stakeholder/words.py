"""How seats and capacities are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.stakeholder.rules import Capacity, Seat
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Seat.RESIDENTS_COMMITTEE: N_("居委会"),
        Seat.OWNERS_COMMITTEE: N_("业委会"),
        Seat.PROPERTY: N_("物业"),
        Seat.SOCIAL: N_("社会组织"),
        Seat.UNIT: N_("驻区单位"),
        Seat.LOCAL: N_("户籍居民代表"),
        Seat.NEWCOMER: N_("非户籍居民代表"),
        Seat.EXPERT: N_("专家"),
    },
    {
        Capacity.AUTHOR: N_("提议人"),
        Capacity.HOST: N_("主持人"),
        Capacity.CLERK: N_("经办人"),
        Capacity.TELLER: N_("计票人"),
    },
)
