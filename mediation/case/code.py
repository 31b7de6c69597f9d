"""The public query code of a case: ``HY``, ten random signs, one check sign, e.g. ``HY7K3M9Q2T4VW``.

Signs are Crockford's 32 (no I, L, O, U): 50 random bits, read aloud and typed without mistaking one for another.
The check sign makes Σ aⁱ·xᵢ = 0 over GF(32), with a = x and x⁵ + x² + 1 = 0. The weights of the eleven places all
differ and none is zero, so every single wrong sign and every exchange of two signs, adjacent or not, is caught.
"""

import secrets
from typing import Final

from community.errors import Unfit

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX: Final = "HY"
LENGTH: Final = 10
"""Random signs, without prefix and check sign."""

_LOOK_ALIKE: Final = str.maketrans("OIL", "011")
_GAPS: Final = str.maketrans("", "", " -\u3000\u2013\u2014\t\r\n")
_REDUCE: Final = 0b100101
"""x⁵ + x² + 1, which has no factor over GF(2) and makes x a generator of all 31 units."""


def new_code() -> str:
    """Return a fresh code nobody can guess."""
    body = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return PREFIX + body + check_sign(body)


def check_sign(body: str) -> str:
    """Return the check sign of ten signs."""
    rest = 0
    for sign in body:
        rest = _times_x(rest ^ SIGNS.index(sign))
    return SIGNS[rest]


def normal(typed: str) -> str:
    """Return a typed code in its one written form; raise `Unfit` when it cannot be a code.

    Capital or not, with gaps or hyphens, O for 0 and I or L for 1: all are understood.
    """
    code = typed.translate(_GAPS).upper()
    signs = code.removeprefix(PREFIX).translate(_LOOK_ALIKE)
    if len(code) != len(PREFIX) + LENGTH + 1 or not code.startswith(PREFIX) or set(signs) - set(SIGNS):
        raise Unfit("查询码是 HY 开头的13位字母和数字，请对照回执再输一次。", field="code")
    if check_sign(signs[:-1]) != signs[-1]:
        raise Unfit("查询码里有一位不对，请对照回执再输一次。", field="code")
    return PREFIX + signs


def spaced(code: str) -> str:
    """Return ``code`` in groups for reading aloud.

    >>> spaced("HY7K3M9Q2T4VW")
    'HY 7K3M 9Q2T 4VW'
    """
    return f"{code[:2]} {code[2:6]} {code[6:10]} {code[10:]}"


def _times_x(value: int) -> int:
    """Return x·value in GF(32)."""
    doubled = value << 1
    return doubled ^ _REDUCE if doubled >= len(SIGNS) else doubled
