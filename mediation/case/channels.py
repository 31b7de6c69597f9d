"""By which way a dispute came in, as a table. Nothing here does I/O."""

from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """The way in (人民调解法 17: on application or of one's own accord; 若干规定 23)."""

    WEB = "web"  # 网上申请
    WINDOW = "window"  # 窗口
    PHONE = "phone"  # 电话
    GRID = "grid"  # 网格排查
    HOTLINE = "12345"  # 12345 热线派单
    POLICE = "police"  # 公安移送
    COURT = "court"  # 法院委派委托
    PETITION = "petition"  # 信访转来
    IMPORT = "import"  # 批量导入


ASKED: Final = frozenset({Channel.WEB, Channel.WINDOW, Channel.PHONE})
"""Ways by which a party asks for mediation themselves, so that the applicant has agreed to it by coming."""

NUMBERED: Final = frozenset({Channel.HOTLINE, Channel.POLICE, Channel.COURT, Channel.PETITION})
"""Ways by which another body sends a dispute under a number of its own, which has to be kept."""
