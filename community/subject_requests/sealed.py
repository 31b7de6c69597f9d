"""What is locked in a request: read and written by whoever was let to it, under a key of its own."""

from typing import Final

from community.privacy import vault
from community.subject_requests.models import SubjectRequest

COLUMNS: Final = ("name", "contact", "words", "answer")


def give_key(row: SubjectRequest) -> None:
    """Give a request that is being made its key."""
    row.data_key = vault.wrap(vault.new_key(), about=_about(row, "key"))


def put(row: SubjectRequest, column: str, text: str) -> None:
    """Put ``text`` into one of `COLUMNS`, locked; nothing stays nothing."""
    setattr(row, column, vault.lock(text, about=_about(row, column), key=_key(row)) if text else "")


def opened(row: SubjectRequest, column: str) -> str:
    """Return one of `COLUMNS` in the clear; raises `vault.Tampered` when it was altered or its key destroyed."""
    sealed: str = getattr(row, column)
    return vault.unlock(sealed, about=_about(row, column), key=_key(row)) if sealed else ""


def _key(row: SubjectRequest) -> bytes:
    return vault.unwrap(row.data_key, about=_about(row, "key"))


def _about(row: SubjectRequest, column: str) -> str:
    return f"subject_request|{row.code}|{column}"
