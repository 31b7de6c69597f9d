"""Reading trees of places."""

import pytest

from community.errors import Unfit
from community.places.rules import PlaceKind
from community.places.tree import Tree, parse_divisions, parse_places, sounded
from tests.community.places.sheets import sheet

GOOD = """
层级,编码,名称,上级编码
楼栋,c1-b1,1号楼,c1-g1
网格,c1-g1,第一网格,c1
社区,c1,幸福里社区,s1
街道,s1,清河街道,
"""


def whys(tree: Tree) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.why.reason.format(**each.why.facts)) for each in tree.wrong]


def test_places_come_with_the_wider_first() -> None:
    tree = parse_places(sheet(GOOD))
    assert tree.wrong == ()
    assert [row.kind for row in tree.rows] == [
        PlaceKind.STREET,
        PlaceKind.COMMUNITY,
        PlaceKind.GRID,
        PlaceKind.BUILDING,
    ]
    assert (tree.rows[-1].line, tree.rows[-1].parent) == (2, "c1-g1")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("村,c9,南村,s1", (6, "层级", "“村”不认识")),
        ("社区,,南社区,s1", (6, "编码", "这一格还没有填")),
        ("社区,c 9!,南社区,s1", (6, "编码", "编码只能用字母")),
        ("社区,c9,,s1", (6, "名称", "这一格还没有填")),
        (f"社区,c9,{'长' * 65},s1", (6, "名称", "写了 65 个字，最多 64 个")),
        ("社区,c9,南社区,", (6, "上级编码", "南社区要写明上级编码")),
        ("社区,c1,南社区,s1", (6, "编码", "编码 c1 和第 4 行重复了")),
        ("社区,c9,南社区,c1", (6, "上级编码", "南社区不能放在编码为 c1 的那一级下面")),
        ("楼栋,b9,9号楼,s1", (6, "上级编码", "9号楼不能放在编码为 s1 的那一级下面")),
        ("社区,c9,南\x07社区,s1", (6, "名称", "看不见的控制字符")),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_column(line: str, found: tuple[int, str, str]) -> None:
    (wrong,) = whys(parse_places(sheet(GOOD + line)))
    assert wrong[:2] == found[:2]
    assert found[2] in wrong[2]


def test_every_bad_row_is_reported_not_only_the_first() -> None:
    assert [each[0] for each in whys(parse_places(sheet(GOOD + "村,c9,南村,s1\n社区,,南社区,s1\n,,,s1")))] == [
        6,
        7,
        8,
        8,
        8,
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("层级,编码,名称\n街道,s1,清河街道", "缺少这些列：{columns}"),
        ("层级,编码,名称,上级编码,编码\n", "出现了两次"),
        ("层级,编码,名称,上级编码,电话\n街道,s1,清河街道,,1", "不认识这些列"),
    ],
)
def test_wrong_columns_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(Unfit, match=sentence):
        parse_places(sheet(text))


DIVISIONS = """
id,pid,deep,name,pinyin_prefix,pinyin,ext_id,ext_name
98,0,0,云泽,y,yun ze,980000000000,云泽省
9801,98,1,清河,q,qing he,980100000000,清河市
980102,9801,2,东湖,d,dong hu,980102000000,东湖区
980102001,980102,3,柳荫,l,liu yin,980102001000,柳荫街道
97,0,0,海原,h,hai yuan,970000000000,海原省
9701,97,1,海原,h,hai yuan,970100000000,海原市
"""


@pytest.mark.parametrize("name", ["云泽省", "云泽", "98"])
def test_one_province_is_taken_by_name_or_code(name: str) -> None:
    tree = parse_divisions(sheet(DIVISIONS), province=name)
    assert [row.code for row in tree.rows] == ["98", "9801", "980102", "980102001"]
    assert (tree.rows[-1].name, tree.rows[-1].pinyin) == ("柳荫街道", "liuyin ly")


def test_without_a_province_the_whole_file_is_taken() -> None:
    assert len(parse_divisions(sheet(DIVISIONS)).rows) == 6


def test_a_province_that_is_not_there_is_named() -> None:
    with pytest.raises(Unfit, match="没有"):
        parse_divisions(sheet(DIVISIONS), province="南海省")


def test_a_name_is_found_by_its_sound() -> None:
    assert sounded("Dong hua  men") == "donghuamen dhm"
