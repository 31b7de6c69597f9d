"""Questions and papers for tests."""

from deliberation.question.asking import options_of
from deliberation.question.rules import Kind, Question

NAMES = "甲\n乙\n丙\n丁"


def question(kind: Kind, *, seats: int = 1, names: str = NAMES) -> Question:
    """Return a question about four options."""
    return Question(kind=kind, options=options_of(names), seats=seats)
