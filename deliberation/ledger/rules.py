"""What the log holds of a paper: the hash of a salted commitment to it, under a pseudonym. Pure.

Nobody reads a paper from its leaf, for its salt has 128 bits; whoever is shown the salt and the paper can compute the
leaf. Destroying the salt leaves the log whole and the paper unreadable. Source: RFC 9162 section 2.1.1 (leaf hash).
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from deliberation.ballot.certify import canonical
from deliberation.ballot.merkle import Hash, leaf_hash
from deliberation.ballot.roll import JOIN

SALT: Final = 16  # bytes
PROMISE: Final = timedelta(seconds=60)  # within which a paper handed in is under a signed checkpoint
SHOWN: Final = 16  # signs of a pseudonym
OPENLY: Final = "developer"  # the one head that is no person, and is told as what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A paper as the log knows it; ``head`` and ``voice`` are pseudonyms, ``at`` is ISO 8601 in UTC."""

    ballot: int
    head: str
    voice: str
    choice: str
    marks: str
    order: int
    channel: str
    at: str
    salt: str


def commitment(slip: Slip) -> bytes:
    """Return the SHA-256 of the canonical text of a paper and its salt."""
    return sha256(canonical(asdict(slip)).encode()).digest()


def leaf(slip: Slip) -> Hash:
    """Return the leaf of a paper."""
    return leaf_hash(commitment(slip))


def pseudonym(mask: str, key: str) -> str:
    """Return the key of an owner set with every owner under a pseudonym of this ballot, sorted as a key is.

    >>> pseudonym("00", "7+12") == pseudonym("00", "12+7")
    True
    """
    return JOIN.join(sorted(_one(mask, each) for each in key.split(JOIN)))


def _one(mask: str, key: str) -> str:
    return OPENLY if key == OPENLY else sha256(f"{mask}|{key}".encode()).hexdigest()[:SHOWN]


def instant(at: datetime) -> str:
    """Return the one text of an instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a checkpoint says; its ``text`` is what is signed.

    The shape is that of a checkpoint of a transparency log (C2SP tlog-checkpoint): origin, size, root, extensions.
    """

    ballot: int
    size: int
    root: str
    at: str
    rule: str
    roll: str

    @property
    def text(self) -> str:
        """Return the lines that are signed."""
        lines = (f"heyi/ballot-{self.ballot}", self.size, self.root, self.at, f"rule {self.rule}", f"roll {self.roll}")
        return "".join(f"{line}\n" for line in lines)


def promise(ballot: int, leaf_hex: str, by: str) -> str:
    """Return the promise that is signed for a voter: this leaf will be in the log by then.

    Source: the shape is that of a signed certificate timestamp, RFC 9162 section 4.8.
    """
    return f"heyi/promise\nballot-{ballot}\n{leaf_hex}\n{by}\n"
