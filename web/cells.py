"""Cells: pieces of pages that look the same to everybody, drawn once for each content and then remembered.

A cell is drawn from its values alone, which are also its key, so it can be neither stale nor somebody else's.
Nothing that belongs to one reader goes into it: what somebody may read of a name is put in where it stands.
"""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Final

from jinja2 import Environment
from markupsafe import Markup, escape

from web.compiled import shown

MOST: Final = 4096  # cells of one language that are remembered
HERE: Final = "\ue000"  # of the private use area: stands for an address or a name, which is put in afterwards


def install(env: Environment) -> None:
    """Let the templates of ``env`` use ``cells``, ``named`` and ``framed``."""

    @lru_cache(maxsize=MOST)
    def cell(template: str, row: Hashable, **more: Hashable) -> str:
        return env.get_template(template).render(row=row, **more)

    @lru_cache(maxsize=MOST // 16)
    def frame(template: str, **facts: Hashable) -> str:
        return env.get_template(template).render(here=HERE, **facts)

    def cells(template: str, rows: Iterable[Hashable], **more: Hashable) -> Markup:
        """Return ``template`` drawn for each of ``rows``; ``more`` is the same for all."""
        return Markup("".join([cell(template, row, **more) for row in rows]))  # noqa: S704 - drawn with escaping

    def named(template: str, rows: Iterable[tuple[str, Hashable]]) -> Markup:
        """Return ``template`` drawn for each of ``rows``, with the name before it put in afterwards, for one reader."""
        return Markup("".join([cell(template, row).replace(HERE, shown(name)) for name, row in rows]))  # noqa: S704

    def framed(template: str, here: str, **facts: Hashable) -> Markup:
        """Return a part of the frame; only the address of the page differs between pages of one kind."""
        return Markup(frame(template, **facts).replace(HERE, escape(here)))  # noqa: S704 - drawn with escaping

    env.globals.update(cells=cells, named=named, framed=framed, NAME=HERE)
