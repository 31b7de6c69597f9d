"""Reading rolls."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.errors import Unfit
from community.places import cells
from community.places.roll import Roll, parse_roll
from community.places.rules import AreaSource, UnitKind
from community.places.sheet import read_sheet
from tests.community.places.sheets import sheet, workbook

HEAD = "楼栋,房号,用途,面积,面积来源,已交付,身份,姓名,人员编号,份额,户代表,出生日期,住在这里\n"
COUPLE = "1号楼,302,住宅,89.37,不动产登记,是,业主,阿兰,,1/2,是,1980-02-03,\n1号楼,302,,,,,业主,阿强,,1/2,,,\n"


def parsed(lines: str) -> Roll:
    return parse_roll(sheet(HEAD + lines))


def whys(lines: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.why.reason.format(**each.why.facts)) for each in parsed(lines).wrong]


def test_a_couple_owns_a_flat_by_halves() -> None:
    roll = parsed(COUPLE)
    assert roll.wrong == ()
    (flat,) = roll.flats
    assert (flat.key, flat.kind, flat.area, flat.source) == (
        ("1号楼", "302"),
        UnitKind.HOME,
        8937,
        AreaSource.REGISTER,
    )
    assert [(holder.name, holder.share) for holder in flat.holders] == [
        ("阿兰", Fraction(1, 2)),
        ("阿强", Fraction(1, 2)),
    ]
    lan, _ = roll.people
    assert (lan.born_on, lan.rep, lan.home) == (date(1980, 2, 3), True, ("1号楼", "302"))


def test_the_shortest_roll_needs_four_columns() -> None:
    roll = parse_roll(sheet("楼栋,房号,面积,姓名\n1号楼,302,89.37,阿兰"))
    assert (roll.wrong, roll.flats[0].holders, roll.people[0].name) == ((), (), "阿兰")


def test_a_tenant_owns_nothing_and_an_owner_may_live_elsewhere() -> None:
    roll = parsed("1号楼,302,,89.37,,,业主,阿兰,,,,,否\n1号楼,302,,,,,居民,阿秀,,,是,,\n")
    assert roll.wrong == ()
    assert [(one.name, one.home is None) for one in roll.people] == [("阿兰", True), ("阿秀", False)]
    assert [holder.name for holder in roll.flats[0].holders] == ["阿兰"]


def test_the_developer_is_nobody_but_holds_the_stock() -> None:
    roll = parsed("1号楼,302,,89.37,,否,开发商,幸福置业,,,,,\n")
    assert (roll.wrong, roll.people) == ((), ())
    assert (roll.flats[0].holders[0].who, roll.flats[0].delivered) == (None, False)


@pytest.mark.parametrize("tie", [",1980-02-03", "P1,"])
def test_one_person_with_two_units_is_one_person(tie: str) -> None:
    ref, born = tie.split(",")
    line = "1号楼,{n},,60,,,业主,阿兰," + ref + ",1,," + born + ",\n"
    roll = parsed(line.format(n=302) + line.format(n=402))
    assert (roll.wrong, len(roll.people), len(roll.flats)) == ((), 1, 2)
    assert roll.people[0].home == ("1号楼", "302")


def test_the_same_name_in_two_units_without_a_tie_is_two_people() -> None:
    assert len(parsed("1号楼,302,,60,,,,阿兰,,,,,\n1号楼,402,,60,,,,阿兰,,,,,\n").people) == 2


def test_the_register_outranks_the_contract_within_a_file() -> None:
    roll = parsed("1号楼,302,,90,合同,,,阿兰,,,,,\n1号楼,302,,89.37,登记,,,阿强,,,,,\n")
    assert (roll.wrong, roll.flats[0].area, roll.flats[0].source) == ((), 8937, AreaSource.REGISTER)


@pytest.mark.parametrize(
    ("lines", "line", "column", "sentence"),
    [
        ("1号楼,302,,八十,,,,阿兰,,,,,", 2, "面积", "面积要填数字"),
        ("1号楼,302,,89.375,,,,阿兰,,,,,", 2, "面积", "最多两位小数"),
        ("1号楼,302,,-5,,,,阿兰,,,,,", 2, "面积", "面积要大于 0"),
        ("1号楼,302,,1e999,,,,阿兰,,,,,", 2, "面积", "面积要填数字"),
        ("1号楼,302,,nan,,,,阿兰,,,,,", 2, "面积", "面积要填数字"),
        ("1号楼,302,,,,,,阿兰,,,,,", 2, "面积", "还没有写面积"),
        (",302,,60,,,,阿兰,,,,,", 2, "楼栋", "还没有填"),
        ("1号楼,,,60,,,,阿兰,,,,,", 2, "房号", "还没有填"),
        ("1号楼,302,别墅,60,,,,阿兰,,,,,", 2, "用途", "不认识，请填：住宅、商铺、车位"),
        ("1号楼,302,,60,听说,,,阿兰,,,,,", 2, "面积来源", "不认识"),
        ("1号楼,302,,60,,也许,,阿兰,,,,,", 2, "已交付", "请填“是”或“否”"),
        ("1号楼,302,,60,,,房东,阿兰,,,,,", 2, "身份", "不认识"),
        ("1号楼,302,,60,,,业主,,,1,,,", 2, "姓名", "还没有填"),
        ("1号楼,302,,60,,,居民,阿兰,,1,,,", 2, "份额", "身份要写“业主”"),
        ("1号楼,302,,60,,,业主,阿兰,,2026-01-02,,,", 2, "份额", "被表格软件改成了日期"),
        ("1号楼,302,,60,,,业主,阿兰,,一半,,,", 2, "份额", "份额要写成"),
        ("1号楼,302,,60,,,业主,阿兰,,1/0,,,", 2, "份额", "份额要写成"),
        ("1号楼,302,,60,,,业主,阿兰,,3/2,,,", 2, "份额", "份额要大于 0、不超过 1"),
        ("1号楼,302,,60,,,业主,阿兰,,1/3,,,", 2, "份额", "1号楼 302的份额加起来是 1/3，要正好等于 1"),
        ("1号楼,302,,60,,,业主,阿兰,,,,1980-02-30,", 2, "出生日期", "日期请写成"),
        ("1号楼,302,,60,,,业主,阿兰,,,,1080-02-03,", 2, "出生日期", "日期请写成"),
        ("1号楼,302,,60,,,,阿兰,,,,,\n1号楼,302,,60,,,,阿兰,,,,,", 3, "姓名", "第 2 行已经写过了"),
        ("1号楼,302,,60,,,,阿兰,,,,,\n1号楼,302,,61,,,,阿强,,,,,", 3, "面积", "和第 2 行写的不一样"),
        ("1号楼,302,住宅,60,,,,阿兰,,,,,\n1号楼,302,商铺,,,,,阿强,,,,,", 3, "用途", "和第 2 行写的不一样"),
        ("1号楼,302,,60,,,,阿兰,,,是,,\n1号楼,302,,,,,,阿强,,,是,,", 3, "户代表", "一户只能有一位户代表"),
        ("1号楼,302,,60,,,,阿兰,P1,,,,\n1号楼,402,,60,,,,阿强,P1,,,,", 3, "姓名", "人员编号和第 2 行一样"),
        ("1号楼,302,,60,,,,阿兰,P1,,,,是\n1号楼,402,,60,,,,阿兰,P1,,,,是", 3, "住在这里", "只能住在一处"),
        ("1号楼,302,,60,,,业主,阿兰,,1,是,,否", 2, "户代表", "户代表要住在这一套里"),
        (
            "1号楼,302,,60,,,,阿兰,P1,,,1980-01-01,\n1号楼,402,,60,,,,阿兰,P1,,,1981-01-01,",
            3,
            "出生日期",
            "出生日期却不同",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_column(lines: str, line: int, column: str, sentence: str) -> None:
    (wrong,) = whys(lines)
    assert wrong[:2] == (line, column)
    assert sentence in wrong[2]


def test_a_spreadsheet_says_the_same_as_text() -> None:
    rows = [tuple(line.split(",")) for line in (HEAD + COUPLE).strip().split("\n")]
    book = [[float(cell) if cell in ("302", "89.37") else cell for cell in row] for row in rows]
    one, other = parse_roll(read_sheet(workbook(*map(tuple, book)))), parsed(COUPLE)
    assert (one.flats, one.people, one.wrong) == (other.flats, other.people, ())


def test_columns_that_collect_more_than_is_needed_are_refused() -> None:
    with pytest.raises(Unfit, match="不认识这些列"):
        parse_roll(sheet("楼栋,房号,面积,姓名,身份证号\n1号楼,302,60,阿兰,1"))


@given(st.integers(1, cells.MOST_AREA))
def test_an_area_survives_its_way_through_a_spreadsheet_exactly(hundredths: int) -> None:
    written = float(f"{hundredths // 100}.{hundredths % 100:02}")
    assert cells.area(repr(written)) == hundredths


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_shares_of_any_split_come_to_one_exactly(parts: list[int]) -> None:
    total = sum(parts)
    lines = "".join(f"1号楼,302,,60,,,业主,人{n},,{part}/{total},,,\n" for n, part in enumerate(parts))
    assert parsed(lines).wrong == ()
