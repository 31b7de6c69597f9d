"""The frame that says who is in a room and who is writing, as one of them is told."""

import json
from itertools import islice
from typing import Final

from web.locale import say
from web.mediation.room.feed import Feed
from web.words import N_

NAMED: Final = 30  # names of those who are here that one is told


def presence(feed: Feed, person_id: int, lang: str) -> str:
    """Return the frame for one person."""
    others = (name for each, name in feed.here.items() if each != person_id)
    here = list(islice(others, NAMED))
    typing = [feed.here.get(each, "") for each in feed.writing() if each != person_id]
    frame = {"type": "presence", "here": [say(lang, N_("您自己")), *here], "typing": [t for t in typing if t]}
    return json.dumps(frame, ensure_ascii=False)
