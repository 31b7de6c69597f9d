"""What a subject still waits for."""

from datetime import datetime

from community.timers.models import Timer


async def due_at(kind: str, subject: str) -> datetime | None:
    """Return when the next timer of ``kind`` fires for ``subject``, for pages that show how long is left."""
    waiting = await Timer.filter(kind=kind, subject=subject, fired_at=None).order_by("due_at").first()
    return waiting.due_at if waiting else None


async def next_due(most: int) -> list[Timer]:
    """Return what falls due next, at most so many, the earliest first."""
    return await Timer.filter(fired_at=None).order_by("due_at", "id").limit(most)
