"""Which region's own rules hold where: told by the official code of a division, so that nobody has to choose. Pure.

A region's rule stands in for the common one only where its own law says so, which `mediation.case.periods` cites.
Source: 深圳经济特区矛盾纠纷多元化解条例 25, 46; 宁波市人民调解条例 27; the codes are those of GB/T 2260.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from mediation.case.deadlines import name_of, rule
from mediation.case.terms import Rule

REGIONS: Final = MappingProxyType({"4403": "SZ", "3302": "NB"})
"""By the first digits of a division's code; the longest that fits holds, so a street may have rules of its own."""

LOCAL: Final = MappingProxyType(
    {
        ("SZ", "people", "D06/month"): rule("D06", "days_sz"),
        ("NB", "people", "D06/month"): rule("D06", "days_nb"),
        ("SZ", "admin", "D01"): rule("D02", "simple"),
    }
)
"""By region, track and the rule that it stands in for."""


def region_of(codes: Iterable[str]) -> str:
    """Return the region whose rules hold for a place whose divisions have these codes; empty for the common ones.

    >>> region_of(["44", "4403", "440305"]), region_of(["11", "110105"]), region_of([])
    ('SZ', '', '')
    """
    fits = [head for code in codes for head in REGIONS if code.startswith(head)]
    return REGIONS[max(fits, key=len)] if fits else ""


def as_here(rules: Iterable[Rule], region: str, track: str) -> tuple[Rule, ...]:
    """Return the rules as they are in a region, on one track.

    >>> [name_of(each) for each in as_here([rule("D06", "month"), rule("D08")], "SZ", "people")]
    ['D06/days_sz', 'D08']
    """
    return tuple(LOCAL.get((region, track, name_of(each)), each) for each in rules)
