"""Forms of the debate room."""

from typing import Annotated

from pydantic import StringConstraints

from deliberation.debate.rules import WORDS, Position
from web.forms import Form


class CommentForm(Form):
    """What somebody says, and where they stand; ``answers`` is the code of the comment it answers."""

    position: Position
    words: Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]
    answers: Annotated[str, StringConstraints(max_length=16)] = ""
