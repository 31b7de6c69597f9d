"""Scans made up for tests."""

import io
import zipfile
import zlib

from PIL import Image


def picture(form: str, pages: int = 1) -> bytes:
    """Return a picture file of so many pages."""
    sheets = [Image.new("L", (60, 80), 200 + n) for n in range(pages)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:]} if pages > 1 else {}
    sheets[0].save(out, form, **more)
    return out.getvalue()


def pdf(pages: int = 1, more: bytes = b"") -> bytes:
    """Return a PDF of so many empty pages, with ``more`` in its catalogue."""
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    parts = [b"1 0 obj <</Type /Catalog /Pages 2 0 R %s>> endobj" % more]
    parts.append(b"2 0 obj <</Type /Pages /Kids [%s] /Count %d>> endobj" % (kids, pages))
    parts += [b"%d 0 obj <</Type /Page /Parent 2 0 R>> endobj" % (n + 3) for n in range(pages)]
    return b"%PDF-1.7\n" + b"\n".join(parts) + b"\n%%EOF"


def packed_pdf(inside: bytes) -> bytes:
    """Return a PDF whose page tree lies in a packed object stream."""
    body = zlib.compress(inside)
    head = b"%%PDF-1.5\n1 0 obj <</Type /ObjStm /Filter /FlateDecode /Length %d>> stream\n" % len(body)
    return head + body + b"\nendstream endobj"


def package(files: dict[str, bytes]) -> bytes:
    """Return a ZIP of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()
