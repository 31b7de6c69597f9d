"""PDFs are signed so that two programs not written here agree, and neither does once a byte was changed."""

import asyncio
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from starlette.applications import Starlette

from community.errors import Unfit
from mediation.case.models import Case
from tests.mediation.agreement import making
from tests.world import NOON, World, sign_in
from web.certificate import make
from web.cli import main
from web.paper import qr
from web.typeset.sheet import Sheet, pdf
from web.typeset.signing import NO_CERTIFICATE, NO_TIME, Pen, signed

NAME = "幸福里社区人民调解委员会"


def sheet() -> Sheet:
    address = "https://heyi.example"
    return Sheet(
        head=NAME, title="协议书", on=date(2026, 5, 4), qr=qr(address), address=address, scan="扫码", sign=("",)
    )


def certificate(folder: Path) -> Pen:
    return Pen(make(folder, NAME, at=NOON - timedelta(days=900))[0])


def checked(content: bytes, pen: Pen) -> PdfSignatureStatus:
    own = SimpleSigner.load_pkcs12_data(pen.file.read_bytes(), ())
    assert own
    trusted = ValidationContext(trust_roots=[own.signing_cert], allow_fetching=False)
    with io.BytesIO(content) as held:
        return validate_pdf_signature(PdfFileReader(held).embedded_signatures[0], trusted, trusted)


def second(path: Path) -> str:
    program = shutil.which("pdfsig")
    assert program, "poppler-utils is not installed"
    done = subprocess.run([program, "-nocert", str(path)], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout + done.stderr


@pytest.fixture
def plain() -> bytes:
    return asyncio.run(pdf(sheet()))


def test_two_programs_agree_on_a_signature_and_on_a_changed_byte(tmp_path: Path, plain: bytes) -> None:
    pen = certificate(tmp_path)
    assert pen.file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make(tmp_path, NAME, at=NOON)
    own = SimpleSigner.load_pkcs12_data(pen.file.read_bytes(), ())
    assert own
    stamper = DummyTimeStamper(own.signing_cert, own.signing_key)
    for made in (signed(plain, pen), signed(plain, pen, stamper=stamper)):
        assert made.startswith(plain), "what was typeset stays as it was"
        status = checked(made, pen)
        assert status.intact
        assert status.valid
        assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        (tmp_path / "signed.pdf").write_bytes(made)
        said = second(tmp_path / "signed.pdf")
        assert "Signature is Valid" in said, said
        assert "ETSI.CAdES.detached" in said
        spot = plain.index(b"stream") + 20
        flipped = made[:spot] + bytes([made[spot] ^ 1]) + made[spot + 1 :]
        assert not checked(flipped, pen).intact
        (tmp_path / "flipped.pdf").write_bytes(flipped)
        assert "Signature is Valid" not in second(tmp_path / "flipped.pdf")


def test_without_a_certificate_that_opens_nothing_is_handed_out(tmp_path: Path, plain: bytes) -> None:
    pen = certificate(tmp_path)
    broken = tmp_path / "broken.p12"
    broken.write_bytes(b"x")
    with pytest.raises(Unfit, match=NO_CERTIFICATE):
        signed(plain, Pen(broken))
    with pytest.raises(Unfit, match=NO_TIME):
        signed(plain, replace(pen, timestamp="http://127.0.0.1:9/tsa"))


def test_the_command_makes_a_certificate_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYI_HOME", str(tmp_path))
    done = CliRunner().invoke(main, ["keys", "certificate", "--name", NAME])
    assert done.exit_code == 0, done.output
    _, found, _ = pkcs12.load_key_and_certificates((tmp_path / "signing.p12").read_bytes(), None)
    assert found
    assert found.fingerprint(hashes.SHA256()).hex() in done.output
    assert CliRunner().invoke(main, ["keys", "certificate", "--name", NAME]).exit_code == 1


async def test_the_agreement_is_handed_out_signed(
    app: Starlette, client: httpx2.AsyncClient, town: World, tmp_path: Path
) -> None:
    case: Case = await making.performing(town)
    client.cookies.update(await sign_in(town.lan))
    here = f"/cases/{case.code}/agreement/paper"
    assert "paper.pdf" in (await client.get(here)).text
    plain = (await client.get(f"{here}.pdf")).content
    assert b"/ByteRange" not in plain
    pen = certificate(tmp_path)
    app.state.settings = replace(app.state.settings, sign=str(pen.file))
    made = await client.get(f"{here}.pdf")
    assert made.headers["content-type"] == "application/pdf"
    assert made.content.startswith(plain)
    assert (await asyncio.to_thread(checked, made.content, pen)).intact
    app.state.settings = replace(app.state.settings, sign=str(tmp_path / "none.p12"))
    assert (await client.get(f"{here}.pdf")).status_code == 422
