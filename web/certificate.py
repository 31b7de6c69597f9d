"""A certificate that an organisation makes itself, for signing its papers; who gets one trusts it by hand.

Its trust is that of the office that hands the fingerprint out, not of a licensed provider (电子签名法 16): a paper
signed with it shows that it was not changed, and by which installation it was made. Source: RFC 5280, RFC 7292.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FILE: Final = "signing.p12"
BITS: Final = 3072
LASTS: Final = timedelta(days=5 * 365)


def make(folder: Path, name: str, *, at: datetime) -> tuple[Path, str]:
    """Write a key and its certificate for ``name`` to a file only its owner may read.

    Returns:
        The file, and the SHA-256 fingerprint of the certificate in hexadecimal.

    Raises:
        FileExistsError: there is one; papers signed with it would lose whom to ask.
    """
    key = rsa.generate_private_key(65537, BITS)
    made = _certificate(key, name, at)
    folder.mkdir(parents=True, exist_ok=True)
    content = pkcs12.serialize_key_and_certificates(name.encode(), key, made, None, NoEncryption())
    with os.fdopen(os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return folder / FILE, made.fingerprint(hashes.SHA256()).hex()


def _certificate(key: rsa.RSAPrivateKey, name: str, at: datetime) -> x509.Certificate:
    who = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    begun = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    dated = begun.serial_number(x509.random_serial_number()).not_valid_before(at).not_valid_after(at + LASTS)
    limited = dated.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    used = limited.add_extension(usage, critical=True)
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return used.add_extension(purposes, critical=False).sign(key, hashes.SHA256())
