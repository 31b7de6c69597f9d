"""Where a region's own rules hold: by the code of the division, on its track, with its law."""

from community.places.models import Place
from mediation.case.deadlines import BY_NAME, name_of, named
from mediation.case.models import Track
from mediation.case.periods import RULES
from mediation.case.regions import LOCAL, REGIONS, as_here
from mediation.case.states import Clock
from mediation.case.terms import Force, Trust
from tests.mediation.scenarios.play import at, begin, due
from tests.world import World


def test_a_region_changes_only_what_its_own_law_says() -> None:
    for (region, track, common), here in LOCAL.items():
        assert (region in REGIONS.values(), track in set(Track)) == (True, True)
        assert (here.pack, here.clock) == (region, named(common).clock)
        assert any(each.key == region and each.trust is Trust.VERIFIED for each in here.basis)


def test_no_regions_rule_lies_about_unused_but_those_without_a_clock() -> None:
    idle = {name_of(each) for each in RULES if each.pack and each not in LOCAL.values()}
    assert idle == {"D02/complex", "D03"}


def test_national_law_is_not_replaced() -> None:
    for each in BY_NAME.values():
        if each.force is Force.HARD and not each.pack:
            assert as_here([each], "SZ", "people") == (each,)


async def test_a_case_in_shenzhen_has_thirty_days(world: World) -> None:
    play = await begin(world)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    common = await play.accepted(mei, qiang, "漏水。", at("2026-07-01"))
    await Place.filter(id=world.street.id).update(code="440305001")
    here = await play.accepted(mei, qiang, "漏水。", at("2026-07-01"))
    rules = [(await due(each, Clock.MEDIATE)) for each in (common, here)]
    assert [(each.rule, str(each.due)) for each in rules] == [
        ("D06/month", "2026-08-03"),
        ("D06/days_sz", "2026-07-31"),
    ]
