"""The places and the roll of the demo community as the import files a committee would bring. Pure and repeatable."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

COMMUNITY: Final = "幸福里社区"
CODE: Final = "990001001"
BUILDINGS: Final = 20
FLOORS: Final = 15
FLATS: Final = 2
SHOPS: Final = 12
HOMES: Final = BUILDINGS * FLOORS * FLATS
UNSOLD: Final = 10
TODAY: Final = date(2026, 1, 1)
"""Ages are reckoned from here, so that the roll is the same whenever it is made."""

SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎"
COMPOUND: Final = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫")
GIVEN: Final = "安宁和平乐文武秀英兰梅竹菊松柏春夏秋冬晨曦明亮清泉石溪山川海河江湖云霞星辰月华玉珍宝珠金银铜铁"


@dataclass(frozen=True, slots=True)
class Someone:
    """One resident of the made-up roll."""

    name: str
    born: date
    rep: bool


def tree_file() -> str:
    """Return the places as an import file: a street, the community, four grids, twenty buildings."""
    rows = [
        ("省", "990000", "示范省", ""),
        ("市", "990001", "和议市", "990000"),
        ("县区", "99000101", "和议区", "990001"),
    ]
    rows += [("街道", "990001000", "清河街道", "99000101"), ("社区", CODE, COMMUNITY, "990001000")]
    rows += [("网格", f"{CODE}-g{n}", f"第{'一二三四'[n - 1]}网格", CODE) for n in range(1, 5)]
    rows += [("楼栋", f"{CODE}-b{n}", f"{n}号楼", f"{CODE}-g{(n - 1) // 5 + 1}") for n in range(1, BUILDINGS + 1)]
    return _csv(("层级", "编码", "名称", "上级编码"), rows)


def roll_file(seed: int = 20260101) -> str:
    """Return the roll as an import file: one line per person in a unit, some 2,200 people in 612 units."""
    chance = random.Random(seed)  # noqa: S311 - a made-up roll, the same every time
    head = (
        "楼栋",
        "房号",
        "用途",
        "面积",
        "面积来源",
        "已交付",
        "身份",
        "姓名",
        "份额",
        "户代表",
        "出生日期",
        "住在这里",
    )
    return _csv(head, [*_homes(chance), *_shops(chance)])


def _homes(chance: random.Random) -> Iterator[tuple[str, ...]]:
    sizes = ("65.12", "89.37", "89.37", "120.50", "143.06")
    number = 0
    for building in range(1, BUILDINGS + 1):
        for floor in range(1, FLOORS + 1):
            for flat in range(1, FLATS + 1):
                number += 1
                size = sizes[(building + flat) % len(sizes)]
                yield from _home(chance, f"{building}号楼", f"{floor}0{flat}", size, developer=number > HOMES - UNSOLD)


def _home(chance: random.Random, building: str, unit: str, size: str, *, developer: bool) -> Iterator[tuple[str, ...]]:
    first = (building, unit, "住宅", size, "不动产登记")
    if developer:
        yield (*first, "是", "开发商", "示范置业", "1", "", "", "否")
        return
    family = _family(chance)
    owners = 2 if len(family) > 1 and chance.random() < 0.3 else 1
    for n, each in enumerate(family):
        owns = n < owners
        share = "1" if owners == 1 else "1/2"
        yield (
            *first,
            "是",
            "业主" if owns else "居民",
            each.name,
            share if owns else "",
            "是" if each.rep else "",
            each.born.isoformat(),
            "是",
        )


def _shops(chance: random.Random) -> Iterator[tuple[str, ...]]:
    for n in range(1, SHOPS + 1):
        owner = _name(chance, _surname(chance))
        born = _born(chance, 30, 65).isoformat()
        yield ("1号楼", f"商{n}", "商铺", "46.80", "不动产登记", "是", "业主", owner, "1", "", born, "否")


def _family(chance: random.Random) -> list[Someone]:
    surname = _surname(chance)
    size = chance.choices((1, 2, 3, 4, 5, 6), weights=(6, 14, 24, 26, 18, 12))[0]
    ages = [(28, 82), (26, 80), (0, 30), (0, 30), (55, 90), (55, 90)]
    return [
        Someone(_name(chance, surname if n != 1 else _surname(chance)), _born(chance, *ages[n]), rep=n == 0)
        for n in range(size)
    ]


def _surname(chance: random.Random) -> str:
    return chance.choice(COMPOUND) if chance.random() < 0.03 else chance.choice(SURNAMES)


def _name(chance: random.Random, surname: str) -> str:
    return surname + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))


def _born(chance: random.Random, youngest: int, oldest: int) -> date:
    return TODAY - timedelta(days=chance.randint(youngest * 365 + 20, oldest * 365))


def _csv(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
