"""Marks that follow from what a test uses, so that nobody has to remember them."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands on the ``engine`` fixture, which runs once on each engine, and what drives the ``browser``."""
    for item in items:
        for fixture, mark in (("engine", "database"), ("browser", "browser")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
