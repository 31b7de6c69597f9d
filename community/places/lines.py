"""The lines of a roll file: one per person in a unit."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from community.errors import Unfit
from community.places.cells import area, code, day, one_of, share, word, yes_or_no
from community.places.columns import Column, Reading, Wrong, readings
from community.places.rules import AreaSource, Standing, UnitKind
from community.places.sheet import Sheet

MOST_NAME: Final = 64
MOST_NUMBER: Final = 24

COLUMNS: Final = (
    Column("building", "楼栋", ("楼号",), must=True),
    Column("unit", "房号", ("室号",), must=True),
    Column("kind", "用途", ("房屋用途",)),
    Column("area", "面积", ("建筑面积",), must=True),
    Column("area_source", "面积来源"),
    Column("delivered", "已交付", ("是否交付",)),
    Column("standing", "身份"),
    Column("name", "姓名", ("业主姓名",), must=True),
    Column("ref", "人员编号"),
    Column("share", "份额", ("产权份额",)),
    Column("rep", "户代表", ("household_rep",)),
    Column("born_on", "出生日期", ("birth_date",)),
    Column("lives_here", "住在这里", ("是否居住",)),
)
UNIT_KINDS: Final = {
    "住宅": UnitKind.HOME,
    "商铺": UnitKind.SHOP,
    "车位": UnitKind.PARKING,
    **{kind.value: kind for kind in UnitKind},
}
SOURCES: Final = {
    "不动产登记": AreaSource.REGISTER,
    "登记": AreaSource.REGISTER,
    "测绘": AreaSource.SURVEY,
    "测绘报告": AreaSource.SURVEY,
    "买卖合同": AreaSource.CONTRACT,
    "合同": AreaSource.CONTRACT,
    **{source.value: source for source in AreaSource},
}
STANDINGS: Final = {
    "业主": Standing.OWNER,
    "居民": Standing.RESIDENT,
    "开发商": Standing.DEVELOPER,
    **{standing.value: standing for standing in Standing},
}

Key = tuple[str, str]
"""Building (name or code) and number of a unit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll as read; what the unit is may be left to an earlier line."""

    line: int
    unit: Key
    kind: UnitKind | None
    area: int | None
    source: AreaSource | None
    delivered: bool | None
    standing: Standing
    name: str
    ref: str | None
    share: Fraction | None
    rep: bool
    born_on: date | None
    lives_here: bool | None

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what makes two lines speak of one person."""
        if self.ref:
            return ("ref", self.ref)
        return ("born", self.name, self.born_on) if self.born_on else ("unit", self.name, *self.unit)


def read_lines(sheet: Sheet, wrong: list[Wrong]) -> list[Line]:
    """Return the lines that name a unit; what is wrong goes to ``wrong``.

    Raises:
        Unfit: the columns are not right.
    """
    return [line for each in readings(sheet, COLUMNS, wrong) if (line := _line(each))]


def _line(read: Reading) -> Line | None:
    building, number = read.need("building", word(MOST_NAME)), read.need("unit", word(MOST_NUMBER))
    part, standing = read.take("share", share), read.take("standing", one_of(STANDINGS))
    name = read.take("name", word(MOST_NAME)) or ""
    if not name and (part or standing):
        read.object("name", Unfit("这一格还没有填。"))
    if part and standing is Standing.RESIDENT:
        read.object("share", Unfit("有份额的人身份要写“业主”，没有份额的请把这一格空着。"))
    line = Line(
        line=read.line,
        unit=(building or "", number or ""),
        kind=read.take("kind", one_of(UNIT_KINDS)),
        area=read.take("area", area),
        source=read.take("area_source", one_of(SOURCES)),
        delivered=read.take("delivered", yes_or_no),
        standing=standing or (Standing.OWNER if part else Standing.RESIDENT),
        name=name,
        ref=read.take("ref", code(MOST_NUMBER)),
        share=part,
        rep=bool(read.take("rep", yes_or_no)),
        born_on=read.take("born_on", day),
        lives_here=read.take("lives_here", yes_or_no),
    )
    return line if building and number else None
