"""Every member of an enum that pages may show has a label."""

from enum import Enum

import pytest

from web.words import gathered

LABELLED: list[type[Enum]] = sorted(
    {kind for kind, _ in gathered()}, key=lambda kind: (kind.__module__, kind.__qualname__)
)


@pytest.mark.parametrize("kind", LABELLED, ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
def test_an_enum_is_labelled_whole(kind: type[Enum]) -> None:
    """Members of two enums with one value swallow each other when they stand in one table."""
    assert [member.name for member in kind if not gathered().get((kind, member.name))] == []
