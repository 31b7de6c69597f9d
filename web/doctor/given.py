"""Every setting: its meaning, its value, and where that came from. Secrets and passwords are never shown."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from web.doctor.finding import Finding, warn
from web.settings import Settings, names

_LOGIN: Final = re.compile(r"(?<=://).*@")  # up to the last @: a password may hold any sign
_TESTS: Final = "HEYI_TEST_"


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as it may be shown."""

    name: str
    value: str
    source: str
    meaning: str


def shown(settings: Settings) -> list[Shown]:
    """Return all settings."""
    return [_one(settings, name, meaning, secret=secret) for name, meaning, secret in names()]


def _one(settings: Settings, name: str, meaning: str, *, secret: bool) -> Shown:
    value = str(getattr(settings, name))
    told = ("已设置" if value else "未设置") if secret else veiled(value)
    return Shown(f"HEYI_{name.upper()}", told, settings.sources.get(name, "默认"), meaning)


def veiled(value: str) -> str:
    """Return an address without its user and password.

    >>> veiled("postgres://heyi:secret@db.example/heyi")
    'postgres://…@db.example/heyi'
    """
    return _LOGIN.sub("…@", value)


def unknown(env: Mapping[str, str] = os.environ) -> list[Finding]:
    """Name the variables that look like ours and are not: most likely slips of the pen."""
    known = {"HEYI_DATA", *(f"HEYI_{name.upper()}" for name, _, _ in names())}
    odd = sorted(name for name in env if name.startswith("HEYI_") and name not in known and not name.startswith(_TESTS))
    return [warn(name, "没有这个设置，是不是写错了名字？") for name in odd]
