"""AES-256-GCM for what must not be readable in a stolen database, and keyed hashes to find it by.

The key ring is installed once at start-up. Every ciphertext names the key it
was made with and is bound to its place (``about``): moved elsewhere, it does
not open. Source: NIST SP 800-38D; trust model "Confidentiality at rest".
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE: Final = 12  # bytes
MARK: Final = "v1"


class Tampered(ValueError):
    """A ciphertext was altered, moved, or made with a key that is not on the ring."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys of 32 bytes by id; new text is locked with ``current``; ``index`` makes keyed hashes."""

    keys: Mapping[str, bytes]
    current: str
    index: bytes


_ring: list[KeyRing] = []


def install(ring: KeyRing) -> None:
    """Use ``ring`` from now on."""
    _ring[:] = [ring]


def parse_ring(text: str) -> KeyRing:
    """Read ``id:base64,id:base64`` (the first is current) into a ring.

    Raises:
        ValueError: a key is not 32 bytes of base64, or there is none.
    """
    pairs = [part.split(":", 1) for part in text.split(",") if part.strip()]
    keys = {name.strip(): base64.b64decode(value, validate=True) for name, value in pairs}
    if not keys or any(len(key) != 32 for key in keys.values()):  # noqa: PLR2004 - AES-256
        raise ValueError("keys must be id:base64 pairs of 32 bytes each")
    current = pairs[0][0].strip()
    index = hmac.digest(keys[pairs[-1][0].strip()], b"heyi index", "sha256")
    return KeyRing(keys, current, index)


def new_key() -> bytes:
    """Return a fresh 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def lock(text: str, *, about: str, key: bytes | None = None) -> str:
    """Return ``text`` encrypted and bound to ``about`` (``table|row|column``)."""
    ring = _present()
    name, secret = ("own", key) if key else (ring.current, ring.keys[ring.current])
    nonce = os.urandom(NONCE)
    sealed = AESGCM(secret).encrypt(nonce, text.encode(), f"{MARK}|{about}".encode())
    return f"{MARK}.{name}.{base64.b64encode(nonce + sealed).decode()}"


def unlock(sealed: str, *, about: str, key: bytes | None = None) -> str:
    """Return the text that `lock` encrypted.

    Raises:
        Tampered: it was altered or moved, or its key is gone.
    """
    try:
        mark, name, body = sealed.split(".", 2)
        raw = base64.b64decode(body)
        secret = key if name == "own" and key else _present().keys[name]
        return AESGCM(secret).decrypt(raw[:NONCE], raw[NONCE:], f"{mark}|{about}".encode()).decode()
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise Tampered(about) from wrong


def wrap(key: bytes, *, about: str) -> str:
    """Return a data key encrypted by the ring."""
    return lock(base64.b64encode(key).decode(), about=about)


def unwrap(sealed: str, *, about: str) -> bytes:
    """Return the data key that `wrap` encrypted."""
    return base64.b64decode(unlock(sealed, about=about))


def blind(value: str, *, purpose: str) -> str:
    """Return a keyed hash by which ``value`` can be found again but not read."""
    return hmac.new(_present().index, f"{purpose}|{value}".encode(), hashlib.sha256).hexdigest()


def seed(purpose: str) -> bytes:
    """Return 32 secret bytes for one purpose; they stay the same while the oldest key stays on the ring."""
    return hmac.digest(_present().index, f"heyi {purpose}".encode(), "sha256")


def _present() -> KeyRing:
    if not _ring:
        raise RuntimeError("no key ring installed")
    return _ring[0]
