"""Marks that follow from what a test uses, so that nobody has to remember them."""

from typing import Final

import pytest

BOTH: Final = frozenset({"search"})
"""Folders whose pages show what each engine finds in its own way."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands on the ``engine`` fixture, which runs once on each engine, and what drives the ``browser``.

    Files named for pages try forms and words, which no engine changes; every page is opened on each by
    ``tests/web/test_questions.py``.
    """
    for item in items:
        if item.path.name.endswith("pages.py") and item.path.parent.name not in BOTH:
            item.add_marker("pages")
        for fixture, mark in (("engine", "database"), ("browser", "browser")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
