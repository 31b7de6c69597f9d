"""What the days off are called in the table that the platform brings along."""

from typing import Final

from web.words import N_

NAMES: Final = (
    N_("元旦"),
    N_("春节"),
    N_("清明"),
    N_("劳动节"),
    N_("端午"),
    N_("国庆节"),
    N_("中秋"),
    N_("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
)
