"""From the file fields of a form to locked files; what a command refuses is dropped again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.datastructures import UploadFile
from starlette.requests import Request

from mediation.case.models import Case
from mediation.evidence.keeping import Kept, keep


@asynccontextmanager
async def kept(request: Request, case: Case, given: Sequence[object]) -> AsyncIterator[list[Kept]]:
    """Lock the files of a form away for as long as what is done with them succeeds.

    Raises:
        Unfit: one of them cannot be taken.
    """
    storage, files = request.app.state.files, list[Kept]()
    try:
        for each in given:
            if isinstance(each, UploadFile) and each.filename:
                files.append(await keep(storage, case, each.file, each.filename))
        yield files
    except BaseException:
        for key in (key for each in files for key in each.keys):
            await storage.drop(key)
        raise
