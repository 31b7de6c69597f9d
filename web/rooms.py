"""The rooms the web layer opens: their routes and their words. One line a room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from starlette.routing import BaseRoute

from web import about, home, prefs
from web.api import routes as api
from web.community.files import pages as files
from web.community.notice import pages as notice
from web.community.notice.words import WORDS as NOTICE_WORDS
from web.community.people import pages as people
from web.community.people.words import WORDS as PEOPLE_WORDS
from web.community.tokens import pages as tokens
from web.mediation.assignment import pages as assignment
from web.mediation.case import pages as case
from web.mediation.case.words import WORDS as CASE_WORDS
from web.mediation.intake import pages as intake
from web.mediation.intake.words import WORDS as INTAKE_WORDS

ROUTES: Final[list[BaseRoute]] = [
    *about.routes,
    *home.routes,
    *prefs.routes,
    *files.routes,
    *notice.routes,
    *people.routes,
    *intake.routes,
    *case.routes,
    *assignment.routes,
    *tokens.routes,
    *api.routes,
]

WORDS: Final[list[Mapping[Enum, str]]] = [
    NOTICE_WORDS,
    PEOPLE_WORDS,
    *CASE_WORDS,
    INTAKE_WORDS,
]
