"""Marks that follow from what a test uses, so that nobody has to remember them."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever stands on the ``engine`` fixture: it runs once on each engine."""
    for item in items:
        if "engine" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
