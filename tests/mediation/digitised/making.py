"""Bringing a paper dossier in, for tests of what comes after."""

import io
from datetime import date, datetime

from community.files.storage import Storage
from community.people.models import Person
from mediation.archive.rules import Retention
from mediation.digitised.commands import Described, bring
from mediation.digitised.keeping import kept
from mediation.digitised.models import PaperDossier
from mediation.intake.rules import Kind
from tests.mediation.digitised.scans import picture
from tests.world import World

COVER = Described(
    number="幸民调卷〔2009〕12号",
    kind=Kind.NEIGHBOURS,
    parties=("张大山", "李小河"),
    began_on=date(2009, 3, 2),
    closed_on=date(2009, 4, 1),
    retention=Retention.TEN,
    sheets=1,
)


async def scanned(world: World, storage: Storage, *, by: Person, at: datetime) -> PaperDossier:
    """Bring a dossier of one page in."""
    async with kept(storage, [("1 封面.jpg", io.BytesIO(picture("JPEG")))]) as copy:
        return await bring(world.mediation_committee, COVER, copy, by=by, at=at)
