"""All configuration, read once from ``HEYI_*`` variables and the secrets file beside the data."""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from community.privacy.vault import KeyRing, parse_ring


class Mode(StrEnum):
    """How the program is run; development is for one machine and loopback only."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class BadSettings(ValueError):
    """A setting is missing or cannot be used; the sentence says which and how to mend it."""


SECRETS_FILE: Final = "secrets.env"
SCHEMES: Final = ("sqlite://", "postgres://", "postgresql://", "asyncpg://")
LOGGED: Final = ("all", "slow", "none")
SHORTEST: Final = 32  # characters of HEYI_SECRET


def _set(default: str, meaning: str, *, secret: bool = False) -> Any:  # noqa: ANN401 - dataclasses.field is
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. Every field has a ``HEYI_`` variable of the same name."""

    mode: str = _set("development", "development 或 production")
    home: str = _set("var", "数据文件夹：SQLite 数据库、上传的文件、密钥文件")
    database: str = _set("", "数据库地址；空着就用数据文件夹里的 SQLite，或 postgres://…")
    redis: str = _set("", "多进程时用的 Redis 地址；空着就只在本进程内传话")
    smtp: str = _set("", "发信服务器 smtp://用户:密码@主机:端口；空着时开发模式的信进“发件箱”页")
    mail_from: str = _set("heyi@localhost", "发信人地址")
    site_url: str = _set("http://127.0.0.1:8000", "居民打开的网址，写进信和二维码")
    origins: str = _set("", "另外允许的来源，用逗号隔开")
    secret: str = _set("", "签名用的密钥", secret=True)
    keys: str = _set("", "加密用的钥匙串 id:base64,…；第一把是现用的", secret=True)
    wrap_keys: str = _set("", "锁数据钥匙的钥匙串 id:base64,…；第一把是现用的", secret=True)
    workers_courier: str = _set("1", "服务进程里是否兼管信差；0 表示另开 heyi courier")
    log_requests: str = _set("all", "日志里记哪些请求：all 全记；slow 只记没办成的和慢的；none 不记")
    host_name: str = _set("", "页脚写的主办单位")
    phone: str = _set("", "页脚写的电话")
    sign: str = _set("", "给 PDF 签名的证书文件（PKCS#12）；空着就不签")
    sign_password: str = _set("", "签名证书的密码；自己做的没有密码", secret=True)
    timestamp: str = _set("", "时间戳服务的网址（RFC 3161）；空着就不盖时间戳")
    sources: Mapping[str, str] = field(default_factory=dict, metadata={"meaning": "", "secret": False})

    @property
    def development(self) -> bool:
        """Return whether this is a development run."""
        return self.mode == Mode.DEVELOPMENT

    @property
    def folder(self) -> Path:
        """Return the data folder."""
        return Path(self.home)

    @property
    def database_url(self) -> str:
        """Return the database's address; the embedded default is a SQLite file in the data folder."""
        return self.database or f"sqlite://{self.folder / 'heyi.db'}"

    @property
    def sqlite(self) -> bool:
        """Return whether the embedded engine is in use."""
        return self.database_url.startswith("sqlite")


def names() -> list[tuple[str, str, bool]]:
    """Return (name, meaning, secret) of every setting."""
    listed = [(each.name, each.metadata["meaning"], each.metadata["secret"]) for each in fields(Settings)]
    return [each for each in listed if each[1]]


def load(env: Mapping[str, str]) -> Settings:
    """Build settings from ``env`` and the secrets file; production needs its secrets.

    Raises:
        BadSettings: a setting cannot work, or production lacks a secret that is long and private.
    """
    home = env.get("HEYI_HOME", "var")
    filed = _read_secrets(Path(home) / SECRETS_FILE)
    found, sources = {}, {}
    for name, _, _ in names():
        key = f"HEYI_{name.upper()}"
        for place, where in ((env, "环境变量"), (filed, SECRETS_FILE)):
            if place.get(key) and name not in found:
                found[name], sources[name] = place[key], where
    settings = Settings(**found, sources=sources)
    _check(settings)
    return settings


def ring_of(settings: Settings) -> KeyRing:
    """Return the key ring; development without keys gets one that is good for nothing else."""
    if settings.keys:
        return parse_ring(settings.keys, settings.wrap_keys)
    weak = base64.b64encode(hashlib.sha256(b"development only").digest()).decode()
    return parse_ring(f"development:{weak}", settings.wrap_keys)


def _check(settings: Settings) -> None:
    if settings.mode not in set(Mode):
        raise BadSettings(f"HEYI_MODE 只能是 development 或 production，现在是 {settings.mode!r}。")
    if settings.log_requests not in LOGGED:
        raise BadSettings(f"HEYI_LOG_REQUESTS 要写成 all、slow 或 none，现在是 {settings.log_requests!r}。")
    if not settings.database_url.startswith(SCHEMES):
        raise BadSettings("HEYI_DATABASE 要写成 sqlite://文件 或 postgres://用户:密码@主机/库名。")
    _check_keys(settings)
    if not settings.development:
        _check_secrets(settings)


def _check_keys(settings: Settings) -> None:
    try:
        _ = ring_of(settings)
    except ValueError as wrong:
        raise BadSettings(
            "HEYI_KEYS 和 HEYI_WRAP_KEYS 要写成 名字:base64，每把 32 字节；请照 heyi init 写出的样子改。"
        ) from wrong


def _check_secrets(settings: Settings) -> None:
    missing = [f"HEYI_{name.upper()}" for name in ("secret", "keys") if not getattr(settings, name)]
    if missing:
        raise BadSettings(f"缺少密钥 {'、'.join(missing)}。请先运行 heyi init，或在环境里设置。")
    if len(settings.secret) < SHORTEST:
        raise BadSettings(f"HEYI_SECRET 太短，至少要 {SHORTEST} 个字符；运行 heyi init 会写一个好的。")
    path = settings.folder / SECRETS_FILE
    if path.exists() and path.stat().st_mode & 0o077:
        raise BadSettings(f"密钥文件 {path} 别人也能读。请运行 chmod 600 {path}，并考虑换一套密钥。")


def write_secrets(folder: Path) -> Path:
    """Write fresh secrets to a file only its owner may read, unless there is one; return its path."""
    path = folder / SECRETS_FILE
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return path
    key, wrap = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
    text = f"HEYI_SECRET={secrets.token_urlsafe(48)}\nHEYI_KEYS=k1:{key}\nHEYI_WRAP_KEYS=w1:{wrap}\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return path


def _read_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {pair[0]: pair[1] for pair in pairs}
