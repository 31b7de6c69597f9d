"""The courier's part of long exports: typeset, sign, pack, keep; each step is shown on the page of the dossier."""

import asyncio
from datetime import datetime

from community.errors import Refused
from community.files.storage import Storage
from mediation.archive import exporting
from mediation.archive.export import packed, to_export
from mediation.archive.models import DossierExport
from mediation.archive.rules import ExportStage
from web.mediation.archive.printed import typeset
from web.settings import Settings
from web.typeset.signing import sealed


class Exporter:
    """Makes the exports that wait, one at a time."""

    def __init__(self, settings: Settings, storage: Storage) -> None:
        self._settings, self._storage = settings, storage

    async def round(self, at: datetime) -> int:
        """Make one export, or forget files whose day is over; return how much was done."""
        row = await exporting.take(at=at)
        if row is None:
            return await exporting.sweep(self._storage, at=at)
        try:
            await self._make(row, at)
        except Refused as why:
            await exporting.fail(row, why.reason, at=at)
        return 1

    async def _make(self, row: DossierExport, at: datetime) -> None:
        found, _ = await to_export(row.by, row.dossier.case.code, at=at)
        await exporting.reach(row, ExportStage.PRINTING)
        plain = await typeset(found, self._settings.site_url)
        await exporting.reach(row, ExportStage.SIGNING)
        body = await sealed(plain, self._settings)
        await exporting.reach(row, ExportStage.PACKING)
        parcel = await asyncio.to_thread(packed, found, body)
        await exporting.finish(row, found, parcel, self._storage, at=at)
