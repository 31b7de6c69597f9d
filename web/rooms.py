"""The rooms the web layer opens: their routes and their words. One line a room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from starlette.routing import BaseRoute

from web import home, prefs

ROUTES: Final[list[BaseRoute]] = [
    *home.routes,
    *prefs.routes,
]

WORDS: Final[list[Mapping[Enum, str]]] = []
