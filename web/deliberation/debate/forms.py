"""Forms of the debate room."""

from typing import Annotated

from pydantic import StringConstraints

from deliberation.debate.rules import ANSWER, OPINION, WORDS, Accord, Position
from web.forms import Form


class CommentForm(Form):
    """What somebody says, and where they stand; ``answers`` is the code of the comment it answers."""

    position: Position
    words: Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]
    answers: Annotated[str, StringConstraints(max_length=16)] = ""


class WordsForm(Form):
    """A comment in other words."""

    words: Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]


class OpinionForm(Form):
    """What was agreed or what was not; empty words are those of the comment whose code is ``comment``."""

    kind: Accord
    words: Annotated[str, StringConstraints(max_length=OPINION[1])] = ""
    comment: Annotated[str, StringConstraints(max_length=16)] = ""


class AnswerForm(Form):
    """What an office says to a dissent."""

    answer: Annotated[str, StringConstraints(min_length=ANSWER[0], max_length=ANSWER[1])]
