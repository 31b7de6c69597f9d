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
    "cases": N_("新的纠纷登记"),
}

DONE: Final[Mapping[str, str]] = {
    "imported": N_("名册已经导入。"),
    "left": N_("已记为迁出。"),
    "verified": N_("已经核实，身份马上生效。"),
}

ROLL_HINTS: Final[Mapping[str, str]] = {
    "building": N_("楼栋的名称或编码，例如：1号楼"),
    "unit": N_("例如：302"),
    "kind": N_("住宅、商铺或车位；空着当住宅"),
    "area": N_("平方米，最多两位小数，例如：89.37"),
    "area_source": N_("不动产登记、测绘或买卖合同；空着当不动产登记"),
    "delivered": N_("是或否；空着当是"),
    "standing": N_("业主、居民或开发商；空着时，有份额的当业主"),
    "name": N_("姓名；没有人的空房可以空着"),
    "ref": N_("居委会自己的编号，同一个人有几套房时写成一样"),
    "share": N_("例如：1、1/2 或 0.5；一套房加起来正好是 1"),
    "rep": N_("是或否；一户一位"),
    "born_on": N_("例如：1980-02-03"),
    "lives_here": N_("是或否；一个人只住一处"),
}
