"""Trees of places in the store."""

from collections import Counter
from pathlib import Path

import pytest

from community.errors import Forbidden, Unfit
from community.places.models import Place
from community.places.planting import plan_tree, plant
from community.places.queries import around, branches, divisions
from community.places.sheet import read_sheet
from community.places.tree import Tree, parse_divisions, parse_places
from community.record.models import Event
from community.record.outbox import facts_of
from tests.community.places.sheets import SAMPLES, real, sheet
from tests.world import NOON, World

PROVINCES = {
    "sample": ("云泽省", {"province": 1, "city": 1, "county": 2, "street": 3}),
    "real": ("北京市", {"province": 1, "city": 1, "county": 16, "street": 339}),
}


def places(lines: str) -> Tree:
    return parse_places(sheet("层级,编码,名称,上级编码\n" + lines))


@pytest.mark.parametrize("folder", [pytest.param(SAMPLES / "admin", id="sample"), *real("admin")])
async def test_a_whole_province_arrives_and_a_second_time_changes_nothing(database: str, folder: Path) -> None:
    original = folder.is_relative_to(SAMPLES)
    name, counts = PROVINCES["sample" if original else "real"]
    read = read_sheet((folder / ("divisions.csv" if original else "divisions_level4.csv")).read_bytes())
    tree = parse_divisions(read, province=name)
    assert tree.wrong == ()
    done = await plant(tree, sha256=read.sha256, by=None, at=NOON)
    assert done["places_new"] == sum(counts.values())
    stored = await Place.all()
    assert Counter(place.kind.value for place in stored) == counts
    by_id = {place.id: place for place in stored}
    for place in stored:
        above = by_id[place.parent_id].path if place.parent_id else "/"
        assert place.path == f"{above}{place.id}/"
        assert place.community_id is None
    assert (await plan_tree(tree, by=None, at=NOON)).empty
    (event,) = await Event.filter(kind="places.imported")
    assert facts_of(event)["sha256"] == read.sha256


@pytest.mark.parametrize("folder", [pytest.param(SAMPLES / "admin", id="sample"), *real("admin")])
async def test_every_file_of_divisions_can_be_read(folder: Path) -> None:
    for path in folder.glob("divisions*.csv"):  # noqa: ASYNC240 - a test
        assert parse_divisions(read_sheet(path.read_bytes())).wrong == ()


async def test_divisions_are_found_by_name_by_sound_and_by_code(database: str) -> None:
    read = read_sheet((SAMPLES / "admin" / "divisions.csv").read_bytes())
    await plant(parse_divisions(read), sha256=read.sha256, by=None, at=NOON)
    for words in ("柳荫", "liuyin", "ly", "980102001"):
        assert "柳荫街道" in [place.name for place in await divisions(words)]
    assert [place.name for place in await divisions("nanling")] == ["南岭县", "南岭镇"]
    assert [place.name for place in await divisions("")] == ["海原省", "云泽省"]
    province = await Place.get(code="98")
    assert [place.name for place in await divisions("", inside=province)] == ["清河市"]
    town = await Place.get(code="980103100")
    assert [place.name for place in await around(town)] == ["云泽省", "清河市", "南岭县"]


async def test_a_committee_adds_its_grids_and_buildings(world: World) -> None:
    tree = places("网格,g2,第二网格,999001001\n楼栋,b10,10号楼,g2\n楼栋,b2,2号楼,g2\n")
    await plant(tree, sha256="x", by=world.clerk, at=NOON)
    building = await Place.get(code="b2")
    assert building.community_id == world.community.id
    assert building.ancestors[:2] == [world.street.id, world.community.id]
    assert [(each.place.name, each.depth, each.units) for each in await branches(world.community)] == [
        ("第一网格", 1, 0),
        ("1号楼", 2, 4),
        ("第二网格", 1, 0),
        ("2号楼", 2, 0),
        ("10号楼", 2, 0),
    ]


async def test_a_new_community_is_its_own_and_may_be_renamed(world: World) -> None:
    await plant(places("社区,c2,南社区,999001000\n楼栋,c2-b1,1号楼,c2\n"), sha256="x", by=None, at=NOON)
    new = await Place.get(code="c2")
    assert (new.community_id, (await Place.get(code="c2-b1")).community_id) == (new.id, new.id)
    plan = await plan_tree(places("社区,c2,南园社区,999001000\n"), by=None, at=NOON)
    assert plan.counts == {"places_new": 0, "places_renamed": 1, "places_same": 0}
    await plant(places("社区,c2,南园社区,999001000\n"), sha256="y", by=None, at=NOON)
    assert (await Place.get(code="c2")).name == "南园社区"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("楼栋,b9,9号楼,nowhere", "没有编码为 nowhere 的上级"),
        ("网格,g9,第九网格,999001000", "第九网格不能放在编码为 999001000 的那一级下面"),
        ("网格,999001001-b1,1号楼,999001001", "已经是另一级的“1号楼”"),
        ("楼栋,999001001-b1,1号楼,999001001", "导入不能搬动它"),
    ],
)
async def test_what_does_not_fit_the_stored_tree_is_named_and_nothing_is_stored(
    world: World, line: str, sentence: str
) -> None:
    tree = places(f"网格,g8,第八网格,999001001\n{line}\n")
    (wrong,) = (await plan_tree(tree, by=None, at=NOON)).wrong
    assert wrong.line == 3
    assert sentence in wrong.why.reason.format(**wrong.why.facts)
    with pytest.raises(Unfit, match="什么都没有导入"):
        await plant(tree, sha256="x", by=None, at=NOON)
    assert not await Place.exists(code="g8")


@pytest.mark.parametrize("line", ["社区,c2,南社区,999001000", "街道,s2,南街道,", "街道,999001000,改名街道,"])
async def test_a_clerk_edits_only_inside_the_own_community(world: World, line: str) -> None:
    with pytest.raises(Forbidden):
        await plant(places(line), sha256="x", by=world.clerk, at=NOON)
    with pytest.raises(Forbidden):
        await plant(places("网格,g2,第二网格,999001001"), sha256="x", by=world.lan, at=NOON)
