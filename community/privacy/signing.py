"""Signatures of this installation: Ed25519, the key derived from the key ring. Source: RFC 8032.

The key follows from the oldest key on the ring, so that rotation does not change it as long as that key stays.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from community.privacy.vault import seed


def sign(text: str) -> str:
    """Return the signature of ``text`` in hexadecimal."""
    return _key().sign(text.encode()).hex()


def public_key() -> str:
    """Return the public key in hexadecimal."""
    return _key().public_key().public_bytes_raw().hex()


def is_signed(text: str, signature: str, key: str) -> bool:
    """Return whether ``signature`` is that of ``text`` under the public ``key``, both in hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed("signing"))
