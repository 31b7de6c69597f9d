"""What stands on paper: QR codes as inline SVG, without a size or a style of their own."""

import io

import segno
from markupsafe import Markup


def qr_drawing(address: str) -> str:
    """Return the same code as a drawing of its own, for a sheet that is no web page."""
    buffer = io.BytesIO()
    segno.make(address, error="q").save(buffer, kind="svg", border=2, omitsize=True)
    return buffer.getvalue().decode()


def qr(address: str) -> Markup:
    """Return a QR code of ``address``, error correction Q, for ``ui.code``."""
    buffer = io.BytesIO()
    code = segno.make(address, error="q")
    code.save(buffer, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True, svgclass=None, lineclass=None)
    drawn = buffer.getvalue().decode().replace("<svg ", '<svg role="img" aria-label="QR" ', 1)
    return Markup(drawn)  # noqa: S704 - drawn by segno from a quoted address
