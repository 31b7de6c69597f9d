"""What is typed to make, mend or void a numbered paper."""

from typing import Annotated

from pydantic import StringConstraints

from mediation.papers.rules import MOST, REASON, Made
from web.forms import Form

Words = Annotated[str, StringConstraints(min_length=1, max_length=MOST)]


class NoticeForm(Form):
    """A notice, and what is written into it."""

    made: Made
    words: Words


class MendForm(Form):
    """What was wrong, and what is right."""

    words: Words


class VoidForm(Form):
    """Why a number is void."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=REASON)]
