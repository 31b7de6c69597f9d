"""What can be found: by kind, how a room looks its texts up. One line a kind; a new room adds its own."""

from collections.abc import Mapping
from typing import Final

from community.record.transaction import follow_with
from community.search import content
from community.search.content import Offer
from community.search.keeping import follow
from web.deliberation.searched import BALLOTS, COMMENTS, MATTERS, MEETINGS, OPINIONS, PUBLICATIONS

OFFERS: Final[Mapping[str, Offer]] = {
    "matter": MATTERS,
    "comment": COMMENTS,
    "ballot": BALLOTS,
    "publication": PUBLICATIONS,
    "meeting": MEETINGS,
    "opinion": OPINIONS,
}


def searchable() -> None:
    """Keep the index from now on; the composition of the program, and of its commands, calls this once."""
    content.install(OFFERS)
    follow_with([follow])
