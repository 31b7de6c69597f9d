"""Finding uploads."""

from community.files.models import Upload


async def files_of(about: str) -> list[Upload]:
    """Return what belongs to a thing, oldest first; whoever may see the thing may see them."""
    return await Upload.filter(about=about).order_by("id")
