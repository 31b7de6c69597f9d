"""What came in with a request, read with care. ``clean`` is the community's, so that imports use the same."""

from community.text import clean

__all__ = ["clean", "whole"]


def whole(typed: str) -> int | None:
    """Return the number that ``typed`` is when it fits a column (31 bits), else None."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None  # noqa: PLR2004
