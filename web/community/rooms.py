"""The rooms of the shared ground: their routes and their words. One line a room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from starlette.routing import BaseRoute

from web.community.calendar import pages as calendar
from web.community.files import pages as files
from web.community.helping import pages as helping
from web.community.helping.words import WORDS as HELPING_WORDS
from web.community.moderation import pages as moderation
from web.community.moderation.words import WORDS as MODERATION_WORDS
from web.community.notice import pages as notice
from web.community.notice.words import WORDS as NOTICE_WORDS
from web.community.orgs import pages as orgs
from web.community.people import pages as people
from web.community.people.words import WORDS as PEOPLE_WORDS
from web.community.places import pages as places
from web.community.search import pages as search
from web.community.subject_requests import pages as subject_requests
from web.community.subject_requests.words import WORDS as SUBJECT_WORDS
from web.community.tokens import pages as tokens

ROUTES: Final[list[BaseRoute]] = [
    *calendar.routes,
    *files.routes,
    *helping.routes,
    *moderation.routes,
    *notice.routes,
    *orgs.routes,
    *people.routes,
    *places.routes,
    *search.routes,
    *subject_requests.routes,
    *tokens.routes,
]

WORDS: Final[list[Mapping[Enum, str]]] = [
    *HELPING_WORDS,
    *SUBJECT_WORDS,
    *MODERATION_WORDS,
    NOTICE_WORDS,
    PEOPLE_WORDS,
]
