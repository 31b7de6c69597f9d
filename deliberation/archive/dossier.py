"""The file of a matter while it is put together: sections of plain data, the uploads that go along, names or none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol

from community.files.models import Upload
from community.people.models import Person
from deliberation.matter.models import Matter


class Reader(StrEnum):
    """For whom a file is made."""

    ANYBODY = "public"
    KEEPER = "full"


class Hideable(Protocol):
    """A row that moderation can put a placeholder over."""

    hidden_at: Any
    hidden_why: str


@dataclass(slots=True)
class Dossier:
    """The file of a matter: sections of plain data by name, the uploads that go along, and where the record stood."""

    matter: Matter
    reader: Reader
    sections: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    events: int = 0

    def name(self, person: Person | None) -> str:
        """Return the name of a resident, hidden but for its first sign unless a keeper reads."""
        if person is None:
            return ""
        return person.name if self.reader is Reader.KEEPER else f"{person.name[:1]}**"

    def told(self, words: str, row: "Hideable | None") -> str:
        """Return words as the reader may have them: nobody but a keeper gets what moderation put away with ``row``."""
        return words if self.whole or row is None or row.hidden_at is None else ""

    @property
    def whole(self) -> bool:
        """Return whether its keepers read it."""
        return self.reader is Reader.KEEPER

    def keep(self, folder: str, upload: Upload) -> dict[str, str]:
        """Put an upload into the package and return what the sections say of it."""
        name = f"{folder}/{upload.code}{_ending(upload.name)}"
        self.uploads[name] = upload
        return {"file": name, "sha256": upload.sha256}


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 and name[dot + 1 :].isalnum() and name.isprintable() else ""


def plain(row: object, names: Iterable[str]) -> dict[str, Any]:
    """Return some columns of a row as plain data; instants in UTC."""
    return {name: as_plain(getattr(row, name)) for name in names}


def as_plain(value: object) -> Any:  # noqa: ANN401 - JSON has no one type
    """Return a value as JSON knows it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
