"""From the file fields of a form to locked files; what a command refuses is dropped again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.datastructures import UploadFile
from starlette.requests import Request

from community.files.storage import Storage
from mediation.case.models import Case
from mediation.evidence.keeping import Kept, keep


def kept(request: Request, case: Case, given: Sequence[object]) -> AbstractAsyncContextManager[list[Kept]]:
    """Lock the files of a form away for as long as what is done with them succeeds; raises `Unfit` as `kept_in`."""
    return kept_in(request.app.state.files, case, given)


@asynccontextmanager
async def kept_in(storage: Storage, case: Case, given: Sequence[object]) -> AsyncIterator[list[Kept]]:
    """Lock files away for as long as what is done with them succeeds.

    Raises:
        Unfit: one of them cannot be taken.
    """
    files = list[Kept]()
    try:
        for each in given:
            if isinstance(each, UploadFile) and each.filename:
                files.append(await keep(storage, case, each.file, each.filename))
        yield files
    except BaseException:
        for key in (key for each in files for key in each.keys):
            await storage.drop(key)
        raise
