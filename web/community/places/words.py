"""What the counts of an import are called; shared by the pages and the command line."""

from collections.abc import Mapping
from typing import Final

from web.words import N_

COUNTS: Final[Mapping[str, str]] = {
    "places_new": N_("新的地方"),
    "places_renamed": N_("改名的地方"),
    "places_same": N_("没有变化的地方"),
    "units_new": N_("新的房屋"),
    "areas_changed": N_("改面积的房屋"),
    "areas_kept": N_("面积来源不如现有的，保留现有面积的房屋"),
    "units_changed": N_("改用途或交付的房屋"),
    "people_new": N_("新的人"),
    "people_changed": N_("有变化的人"),
    "shares_changed": N_("改产权的房屋"),
    "people_gone": N_("迁出的人"),
    "days": N_("放假和调休的日子"),
    "year": N_("年份"),
    "proposals": N_("提议"),
    "comments": N_("讨论"),
}

DONE: Final[Mapping[str, str]] = {
    "imported": N_("名册已经导入。"),
    "left": N_("已记为迁出。"),
    "verified": N_("已经核实，身份马上生效。"),
}
