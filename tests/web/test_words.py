"""Every member of an enum that pages may show has its own label."""

from collections import defaultdict
from enum import Enum

from web.words import gathered


def test_an_enum_is_labelled_whole_or_not_at_all() -> None:
    """Two text enums with the same value are one key in one mapping: the later takes the earlier one's place."""
    labelled: dict[type[Enum], set[str]] = defaultdict(set)
    for kind, name in gathered():
        labelled[kind].add(name)
    lost = {kind.__qualname__: sorted({each.name for each in kind} - names) for kind, names in labelled.items()}
    assert {name: missing for name, missing in lost.items() if missing} == {}
