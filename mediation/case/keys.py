"""The data key of a case: what parties are called, how they are reached and what they wrote is locked with it.

The key lies wrapped with the case and once more with each of its parties, so that a list of parties opens without
asking for the case. Destroying it takes those columns out of every backup at once.
Source: trust model "Confidentiality at rest"; 个人信息保护法 47, 51.
"""

from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from community.privacy import vault
from mediation.case.models import Case, Party
from mediation.case.states import State

CASE_COLUMNS: Final = ("statement", "wish", "place")
PARTY_COLUMNS: Final = ("name", "phone", "email", "born", "id_number", "address")


def give_key(case: Case) -> None:
    """Give a case that is being made its data key."""
    case.data_key = vault.wrap(vault.new_key(), about=_case(case.code, "key"))


def share_key(case: Case, party: Party) -> None:
    """Give a party that is being made the data key of its case."""
    key = _of_case(case)
    party.data_key = vault.wrap(key, about=_party(party.code, "key")) if key else ""


class Keyed(Protocol):
    """A case, or as much of one as opens what is locked with its key."""

    @property
    def code(self) -> str:
        """Return what it is called outside."""

    @property
    def data_key(self) -> str:
        """Return the data key of the case, wrapped."""


class Named(Protocol):
    """A party, or as much of one as tells who it is."""

    @property
    def code(self) -> str:
        """Return what it is called outside."""

    @property
    def ordinal(self) -> int:
        """Return its number on its side."""

    @property
    def data_key(self) -> str:
        """Return the data key of the case, wrapped."""

    @property
    def sign(self) -> str:
        """Return how it is called where no name may stand."""


def opened(party: Named, column: str, *, key: bytes | AESGCM | None = None) -> str:
    """Return a locked column of a party (one of `PARTY_COLUMNS`) in the clear; empty when nothing was given.

    ``key`` is the one of its case, for a list that has it at hand.
    """
    text: str = getattr(party, column)
    return vault.unlock(text, about=_party(party.code, column), key=key or _of_party(party)) if text else ""


def key_at_hand(case: Keyed) -> AESGCM | None:
    """Return the data key of a case, ready for many texts, or None where it was made before there were any."""
    key = _of_case(case)
    return vault.ready(key) if key else None


def lock_party(party: Party, column: str, text: str) -> None:
    """Put ``text`` into a column of a party, locked; nothing stays nothing."""
    sealed = vault.lock(text, about=_party(party.code, column), key=_of_party(party)) if text else ""
    setattr(party, column, sealed)


def lock_for(party: Party, text: str, *, about: str) -> str:
    """Return ``text`` of another row locked with the key of a party's case and bound to ``about``."""
    return vault.lock(text, about=about, key=_of_party(party)) if text else ""


def opened_from(party: Party, sealed: str, *, about: str) -> str:
    """Return what `lock_for` locked, in the clear."""
    return vault.unlock(sealed, about=about, key=_of_party(party)) if sealed else ""


def mark_of(id_number: str) -> str:
    """Return the keyed hash by which an identity number is found without reading any."""
    return vault.blind(id_number.strip().upper(), purpose="party id_number")


def opened_case(case: Case, column: str) -> str:
    """Return a locked column of a case (one of `CASE_COLUMNS`, or ``safe_contact``) in the clear; empty if it is."""
    text: str = getattr(case, column)
    return vault.unlock(text, about=_case(case.code, column), key=_of_case(case)) if text else ""


def lock_case(case: Case, column: str, text: str) -> None:
    """Put ``text`` into a column of a case, locked."""
    setattr(case, column, vault.lock(text, about=_case(case.code, column), key=_of_case(case)))


def lock_with(case: Case, text: str, *, about: str) -> str:
    """Return ``text`` of another row of the case locked with its key and bound to ``about``; nothing stays nothing."""
    return vault.lock(text, about=about, key=_of_case(case)) if text else ""


def opened_with(case: Case, sealed: str, *, about: str) -> str:
    """Return what `lock_with` locked, in the clear."""
    return vault.unlock(sealed, about=about, key=_of_case(case)) if sealed else ""


class Carrier(Protocol):
    """A row of a case that is read without asking for the case, and so carries the data key with it, wrapped."""

    code: str
    data_key: str


def carry(case: Case, row: Carrier) -> None:
    """Give a row that is being made the data key of its case."""
    key = _of_case(case)
    row.data_key = vault.wrap(key, about=_carried(row)) if key else ""


def lock_in(row: Carrier, text: str, *, about: str) -> str:
    """Return ``text`` locked with the key a row carries and bound to ``about``; nothing stays nothing."""
    return vault.lock(text, about=about, key=_of_row(row)) if text else ""


def opened_in(row: Carrier, sealed: str, *, about: str) -> str:
    """Return what `lock_in` locked, in the clear."""
    return vault.unlock(sealed, about=about, key=_of_row(row)) if sealed else ""


def key_of(case: Case) -> bytes:
    """Return the data key of a case, for files that are locked with it.

    Raises:
        Tampered: the key was destroyed.
    """
    key = _of_case(case)
    if key is None:
        raise vault.Tampered(_case(case.code, "key"))
    return key


def destroyed(case: Case) -> bool:
    """Return whether what was told in a case on the shelf was destroyed; with its key nothing can be locked again."""
    return case.state is State.ARCHIVED and not case.data_key


def _of_case(case: Keyed) -> bytes | None:
    return vault.unwrap(case.data_key, about=_case(case.code, "key")) if case.data_key else None


def _of_party(party: Named) -> bytes | None:
    return vault.unwrap(party.data_key, about=_party(party.code, "key")) if party.data_key else None


def _of_row(row: Carrier) -> bytes | None:
    return vault.unwrap(row.data_key, about=_carried(row)) if row.data_key else None


def _carried(row: Carrier) -> str:
    return f"{row._meta.db_table}|{row.code}|key"  # type: ignore[attr-defined]  # noqa: SLF001 - the table names the row


def _case(code: str, column: str) -> str:
    return f"case|{code}|{column}"


def _party(code: str, column: str) -> str:
    return f"party|{code}|{column}"
