"""What a notice says: one canonical text that is hashed and locked, and its sentences."""

import hashlib
import json
from typing import Any

from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case
from mediation.papers.models import NumberedPaper
from mediation.papers.rules import MENDING, NOTICES, Made, Notice


def notice_of(made: Made) -> Notice | None:
    """Return the form of a notice; ``None`` for what comes of a deed."""
    return MENDING if made is Made.CORRECTED else NOTICES.get(made)


def canonical(told: dict[str, Any]) -> str:
    """Return the text whose bytes are hashed: keys sorted, Chinese kept."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def locked_paper(case: Case, paper: NumberedPaper, text: str, *, what: str = "body") -> str:
    """Return ``text`` as a column of a line stores it: ``body`` or ``void``."""
    return lock_with(case, text, about=f"paper|{paper.code}|{what}")


def words_on(case: Case, paper: NumberedPaper) -> dict[str, Any]:
    """Return what a notice says; empty for what comes of a deed."""
    text = opened_with(case, paper.body, about=f"paper|{paper.code}|body")
    told: dict[str, Any] = json.loads(text) if text else {}
    return told


def void_words(case: Case, paper: NumberedPaper) -> str:
    """Return why a number is void."""
    return opened_with(case, paper.void_reason, about=f"paper|{paper.code}|void")
