"""What can be reported and hidden: by kind (``comment`` of ``comment-12``), how it is found. One line a kind."""

from collections.abc import Mapping
from typing import Final

from community.moderation.content import Finder
from community.moderation.reporters import find_reporter
from web.deliberation.debate.content import find_comment
from web.deliberation.matter.content import find_matter
from web.deliberation.outcome.content import find_seat
from web.deliberation.publicity.content import find_objection
from web.deliberation.said import find_amendment, find_answer, find_declaration, find_opinion, find_statement

CONTENTS: Final[Mapping[str, Finder]] = {
    "comment": find_comment,
    "matter": find_matter,
    "reporter": find_reporter,
    "objection": find_objection,
    "seat": find_seat,
    "slot": find_statement,
    "declaration": find_declaration,
    "call": find_answer,
    "amendment": find_amendment,
    "opinion": find_opinion,
}
