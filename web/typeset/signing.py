"""Signing a PDF as the organisation: PAdES (ETSI EN 319 142-1), with a time stamp (RFC 3161) where one is set.

Done by pyHanko, the optional extra ``heyi[sign]``; nothing of the cryptography is ours. Signing blocks and a time stamp
asks the network, so it is done in a thread. Without a certificate nothing is signed and nothing is said of it.
"""

import asyncio
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from community.errors import Unfit
from web.settings import Settings
from web.words import N_

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

FIELD: Final = "Organisation"
NO_EXTRA: Final = N_("设了签名证书，但没有装签名用的库。请管理员装上 heyi[sign]。")
NO_CERTIFICATE: Final = N_("签名证书打不开，没有出 PDF。请管理员检查 HEYI_SIGN 和 HEYI_SIGN_PASSWORD。")
NO_TIME: Final = N_("时间戳服务没有答复，没有出 PDF。请过几分钟再试。")


@dataclass(frozen=True, slots=True)
class Pen:
    """With what is signed: a PKCS#12 file, its password, and where a time stamp is asked for (none when empty)."""

    file: Path
    password: str = ""
    timestamp: str = ""


def pen_of(settings: Settings) -> Pen | None:
    """Return the pen of an installation; ``None`` where no certificate is set."""
    if not settings.sign:
        return None
    return Pen(Path(settings.sign), settings.sign_password, settings.timestamp)


async def sealed(content: bytes, settings: Settings) -> bytes:
    """Return a PDF signed by the organisation, or as it is where no certificate is set.

    Raises:
        Unfit: the library, the certificate or the time stamp is not to be had; an unsigned sheet is never handed out.
    """
    pen = pen_of(settings)
    return await asyncio.to_thread(signed, content, pen) if pen else content


def signed(content: bytes, pen: Pen, *, stamper: "TimeStamper | None" = None) -> bytes:
    """Return a PDF with the organisation's signature; it blocks.

    Args:
        content: the PDF.
        pen: with what is signed.
        stamper: who stamps the time, in place of the address of the pen.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
    except ImportError as why:
        raise Unfit(NO_EXTRA) from why
    try:
        signer = SimpleSigner.load_pkcs12_data(pen.file.read_bytes(), (), pen.password.encode() or None)
    except (OSError, ValueError) as why:
        raise Unfit(NO_CERTIFICATE) from why
    if signer is None:
        raise Unfit(NO_CERTIFICATE)
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    clock = stamper or (HTTPTimeStamper(pen.timestamp) if pen.timestamp else None)
    made = io.BytesIO()
    try:
        PdfSigner(about, signer, timestamper=clock).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=made)
    except TimestampRequestError as why:
        raise Unfit(NO_TIME) from why
    return made.getvalue()
