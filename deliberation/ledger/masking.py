"""The roll without names or doors: owners under pseudonyms, no buildings, in the order of the pseudonyms. Pure."""

from collections.abc import Iterable

from deliberation.ballot.roll import Delivery, Entry, Roll
from deliberation.ledger.rules import OPENLY, pseudonym

Plain = dict[str, object]


def masked_roll(roll: Roll, mask: str) -> Plain:
    """Return a roll as anybody may read it; the developer, who is no person, is told as such.

    The keys of the entries are numbers in the order of the pseudonyms, so that nothing of the old order is left.
    """
    rows = sorted((_row(entry, mask) for entry in roll.entries), key=lambda row: [str(part) for part in row])
    names = ("owners", "developer", "kind", "area")
    entries = [{"key": n, **dict(zip(names, row, strict=True))} for n, row in enumerate(rows, 1)]
    return {"electorate": roll.electorate.value, "scope": roll.scope.value, "entries": entries}


def _row(entry: Entry, mask: str) -> tuple[list[str], bool, str, int | None]:
    owners = sorted(pseudonym(mask, each) for each in entry.holders)
    return owners, owners == [OPENLY], entry.kind.value, entry.area


def masked_deliveries(deliveries: Iterable[Delivery], mask: str) -> list[Plain]:
    """Return the deliveries by pseudonym; of the evidence only whether there is any."""
    rows: list[Plain] = [
        {"head": pseudonym(mask, each.head), "how": each.how.value, "proof": bool(each.proof), "warned": each.warned}
        for each in deliveries
    ]
    return sorted(rows, key=lambda row: (str(row["head"]), str(row["how"]), str(row["proof"]), str(row["warned"])))
