"""AES-256-GCM for what must not be readable in a stolen database, and keyed hashes to find it by.

The key ring is installed once at start-up. Every ciphertext names the key it
was made with and is bound to its place (``about``): moved elsewhere, it does
not open. Data keys are wrapped by keys of their own, so that throwing such a
key away, after all that live on were wrapped anew, takes the data of the rest
out of every old backup. Source: NIST SP 800-38D, SP 800-57 section 5.3;
trust model "Confidentiality at rest".
"""

import base64
import hashlib
import hmac
import os
from binascii import a2b_base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE: Final = 12  # bytes
MARK: Final = "v1"


class Tampered(ValueError):
    """A ciphertext was altered, moved, or made with a key that is not on the ring."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys of 32 bytes by id; new text is locked with ``current``; ``index`` makes keyed hashes.

    Data keys are wrapped with ``wrapping`` of ``wraps``; without any of these, with ``current``.
    """

    keys: Mapping[str, bytes]
    current: str
    index: bytes
    wraps: Mapping[str, bytes] = field(default_factory=dict)
    wrapping: str = ""


_ring: list[KeyRing] = []
_ready: dict[str, AESGCM] = {}  # of the ring and of nothing else: a data key is forgotten as soon as it was used


def install(ring: KeyRing) -> None:
    """Use ``ring`` from now on."""
    _ring[:] = [ring]
    _ready.clear()
    _ready.update({name: AESGCM(key) for name, key in {**ring.keys, **ring.wraps}.items()})


def parse_ring(text: str, wraps: str = "") -> KeyRing:
    """Read ``id:base64,id:base64`` (the first is current) into a ring, and in the same way the keys that wrap others.

    Raises:
        ValueError: a key is not 32 bytes of base64, there is none, or two have one name.
    """
    pairs, wrapping = _pairs(text), _pairs(wraps)
    keys, others = dict(pairs), dict(wrapping)
    if not keys or keys.keys() & others.keys():
        raise ValueError("there must be a key, and each has a name of its own")
    index = hmac.digest(pairs[-1][1], b"heyi index", "sha256")
    return KeyRing(keys, pairs[0][0], index, others, wrapping[0][0] if wrapping else "")


def _pairs(text: str) -> list[tuple[str, bytes]]:
    parts = [part.split(":", 1) for part in text.split(",") if part.strip()]
    pairs = [(name.strip(), base64.b64decode(value, validate=True)) for name, value in parts]
    if any(len(key) != 32 for _, key in pairs):  # noqa: PLR2004 - AES-256
        raise ValueError("keys must be id:base64 pairs of 32 bytes each")
    return pairs


def new_key() -> bytes:
    """Return a fresh 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def lock(text: str, *, about: str, key: bytes | None = None) -> str:
    """Return ``text`` encrypted and bound to ``about`` (``table|row|column``)."""
    ring = _present()
    return _sealed(text, about, "own", key) if key else _sealed(text, about, ring.current, ring.keys[ring.current])


def _sealed(text: str, about: str, name: str, secret: bytes) -> str:
    nonce = os.urandom(NONCE)
    sealed = AESGCM(secret).encrypt(nonce, text.encode(), f"{MARK}|{about}".encode())
    return f"{MARK}.{name}.{base64.b64encode(nonce + sealed).decode()}"


def ready(key: bytes) -> AESGCM:
    """Return a data key set up for opening many texts; setting it up takes longer than opening one."""
    return AESGCM(key)


def unlock(sealed: str, *, about: str, key: bytes | AESGCM | None = None) -> str:
    """Return the text that `lock` encrypted; ``key`` may be made `ready` before.

    Raises:
        Tampered: it was altered or moved, or its key is gone.
    """
    try:
        mark, name, body = sealed.split(".", 2)
        own = ready(key) if isinstance(key, bytes) else key
        return _open(mark, body, about, own if name == "own" and own else _of_ring(name)).decode()
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise Tampered(about) from wrong


def _open(mark: str, body: str, about: str, secret: AESGCM) -> bytes:
    raw = a2b_base64(body)
    return secret.decrypt(raw[:NONCE], raw[NONCE:], f"{mark}|{about}".encode())


def _of_ring(name: str) -> AESGCM:
    if not _ready:
        raise RuntimeError("no key ring installed")
    return _ready[name]


def wrap(key: bytes, *, about: str) -> str:
    """Return a data key encrypted by the ring."""
    ring, text = _present(), base64.b64encode(key).decode()
    if not ring.wrapping:
        return lock(text, about=about)
    return _sealed(text, about, ring.wrapping, ring.wraps[ring.wrapping])


def unwrap(sealed: str, *, about: str) -> bytes:
    """Return the data key that `wrap` encrypted.

    Raises:
        Tampered: it was altered or moved, or the key around it is gone.
    """
    try:
        mark, name, body = sealed.split(".", 2)
        return a2b_base64(_open(mark, body, about, _of_ring(name)))
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise Tampered(about) from wrong


def wrapped_by(sealed: str) -> str:
    """Return the name of the key around a data key."""
    return sealed.split(".", 2)[1] if sealed.count(".") > 1 else ""


def wrapping() -> str:
    """Return the name of the key that wraps data keys now."""
    return _present().wrapping or _present().current


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
