"""A copy on both engines: chained when compared, and a changed list found."""

from pathlib import Path

import pytest

from community.errors import Forbidden, MovedOn
from community.files.storage import Disk
from mediation.archive.rotating import wrapped
from mediation.digitised.comparing import compare
from mediation.digitised.models import PaperScan
from mediation.digitised.queries import copies, whole
from tests.mediation.archive.test_archiving import archivist_of
from tests.mediation.digitised.making import scanned
from tests.world import NOON, World


async def test_a_compared_copy_is_chained_and_a_changed_list_is_found(world: World, tmp_path: Path) -> None:
    keeper = await archivist_of(world)
    copy = await scanned(world, Disk(tmp_path), by=keeper, at=NOON)
    agreed = {"counted": 1, "same": True, "words": ""}
    with pytest.raises(Forbidden):
        await compare(copy.code, **agreed, by=keeper, at=NOON)  # type: ignore[arg-type]
    done = await compare(copy.code, **agreed, by=world.director, at=NOON)  # type: ignore[arg-type]
    assert (done.n, done.before, len(done.link or "")) == (1, "", 64)
    with pytest.raises(MovedOn):
        await compare(copy.code, **agreed, by=world.director, at=NOON)  # type: ignore[arg-type]
    assert [each.id for each in await copies(world.director, "李小河", at=NOON, limit=9)] == [copy.id]
    assert sum((await wrapped()).values()) == 1
    assert await whole(copy.org_id)
    await PaperScan.filter(dossier_id=copy.id).update(sha256="0" * 64)
    assert not await whole(copy.org_id)
