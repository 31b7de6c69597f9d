"""The stage, set before each scenario."""

import pytest

from tests.mediation.scenarios.play import Play, begin
from tests.world import World


@pytest.fixture
async def play(world: World) -> Play:
    """Return the committee 清河居."""
    return await begin(world)
