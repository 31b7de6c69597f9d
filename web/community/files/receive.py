"""From a form's file field to an upload, for this room and every other that takes files."""

from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request

from community.errors import Unfit
from community.files.commands import keep
from community.files.intake import take
from community.files.models import Upload
from community.files.rules import MOST
from community.people.models import Person
from web.person import now

BODY: Final = MOST + 256 * 1024
"""``max_body_size`` of a route that takes one file; the application's own limit is smaller."""


async def receive(request: Request, given: object, *, by: Person, sound: bool = False) -> Upload:
    """Keep the file of a form field as an upload that belongs to nothing yet; `attach` it within a day.

    Raises:
        Unfit: no file was given, or it cannot be taken.
    """
    if not isinstance(given, UploadFile) or not given.filename:
        raise Unfit("请先选一个文件。", field="file")
    storage = request.app.state.files
    taken = await take(storage, given.file, given.filename, sound=sound)
    try:
        return await keep(taken, given.filename, by=by, at=now(request))
    except BaseException:
        await storage.drop(taken.key)
        raise
