"""A question as canonical JSON, frozen with its ballot, and read back exactly."""

import json
from typing import Any

from deliberation.ballot.certify import canonical
from deliberation.ballot.committee import Composition
from deliberation.question.rules import Kind, Method, Option, Post, Question


def freeze(question: Question) -> str:
    """Return the canonical JSON of a question."""
    return canonical(question)


def thaw(text: str) -> Question:
    """Return the question that was frozen as ``text``."""
    table: dict[str, Any] = json.loads(text)
    return Question(
        kind=Kind(table["kind"]),
        options=tuple(Option(**each) for each in table["options"]),
        seats=table["seats"],
        method=Method(table["method"]),
        post=Post(table["post"]) if table["post"] else None,
        composition=Composition(**table["composition"]),
        sitting=tuple(Option(**each) for each in table["sitting"]),
    )
