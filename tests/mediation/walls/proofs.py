"""Evidence behind the walls: one piece that its owner showed to everybody, and one of each side that is not shown."""

from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

from community.files.storage import Storage
from mediation.case.access import Seat
from mediation.case.models import Case
from mediation.case.states import State
from mediation.evidence.commands import bring, share
from mediation.evidence.keeping import keep
from mediation.evidence.models import Evidence, EvidenceFile
from tests.mediation.evidence.making import told
from tests.mediation.walls.scene import AT, Walled
from tests.world import World

NO_ITEM: Final = "nosuchproof00000"
WORDS: Final = MappingProxyType({"shared": "大家看的证据", "A1": "阿兰自己的证据", "R1": "阿强自己的证据"})
OWN: Final = MappingProxyType(
    {"shared": frozenset[Seat](), "A1": frozenset({Seat.APPLICANT, Seat.AGENT}), "R1": frozenset({Seat.RESPONDENT})}
)
"""Who stands for the side that keeps it for the mediator."""


@dataclass(frozen=True)
class Proof:
    """A piece of evidence with its file."""

    item: Evidence
    file: EvidenceFile

    @property
    def tails(self) -> tuple[str, str]:
        """Return where its page and its file are, after the address of the case."""
        page = f"/evidence/{self.item.code}"
        return page, f"{page}/files/{self.file.code}"


async def proofs(made: Walled, world: World, storage: Storage, words: tuple[str, ...] = ()) -> dict[str, Proof]:
    """Bring a piece of each kind, with ``words`` in its name, its story, the name of its file and the file."""
    before = (await Case.get(id=made.case.id)).state
    await Case.filter(id=made.case.id).update(state=State.MEDIATING)
    found = {}
    for (name, title), word in zip(WORDS.items(), words or WORDS.values(), strict=True):
        who: dict[str, Any] = {"by": world.qiang if name == "R1" else world.lan, "at": AT}
        kept = [await keep(storage, made.case, BytesIO(f"里面写着 {word}".encode()), f"{word}.txt")]
        item = await bring(made.case.code, told(f"{title} {word}", proves=word, source=word), kept, **who)
        if name == "shared":
            await share(made.case.code, item.code, **who)
        found[name] = Proof(item, await EvidenceFile.get(item_id=item.id))
    await Case.filter(id=made.case.id).update(state=before)
    return found
