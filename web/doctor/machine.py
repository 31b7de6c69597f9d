"""The machine: mode, keys, folders, the SQLite library, who is writing."""

import shutil
import sqlite3
import tempfile
from typing import Final

from community.privacy.vault import Tampered, lock, unlock
from web.doctor.finding import Finding, bad, good, warn
from web.one_writer import SOUND, holder
from web.settings import SECRETS_FILE, Settings
from web.typeset.sheet import has_font

ROOM: Final = 1_000_000_000  # bytes that should be free


def look(settings: Settings) -> list[Finding]:
    """Return what was found on the machine."""
    found = [
        _mode(settings),
        _keys(),
        _secrets(settings),
        _folder(settings),
        _room(settings),
        _courier(settings),
        _font(),
    ]
    return [*found, *(_sqlite(settings) if settings.sqlite else [])]


def _mode(settings: Settings) -> Finding:
    if settings.development:
        return warn("运行方式", "development：只在本机开放，钟可以拨，信进发件箱。给居民用请设 HEYI_MODE=production。")
    if not settings.site_url.startswith("https://"):
        return bad("运行方式", "HEYI_SITE_URL 不是 https，登录的凭证会在路上被人看见。请用 https 的网址。")
    return good("运行方式", "production")


def _keys() -> Finding:
    try:
        sound = unlock(lock("和议", about="doctor"), about="doctor") == "和议"
    except (Tampered, ValueError, RuntimeError):
        sound = False
    return good("钥匙串", "能加密，能解开。") if sound else bad("钥匙串", "HEYI_KEYS 用不了，请恢复原来的密钥文件。")


def _secrets(settings: Settings) -> Finding:
    path = settings.folder / SECRETS_FILE
    if not path.exists():
        return (
            good("密钥文件", "没有，密钥从环境里来。") if settings.keys else warn("密钥文件", "没有，用的是开发钥匙。")
        )
    if path.stat().st_mode & 0o077:
        return bad("密钥文件", f"别人也能读 {path}，请运行 chmod 600 {path}。")
    return good("密钥文件", f"{path}，只有您自己能读。")


def _folder(settings: Settings) -> Finding:
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.folder) as file:
            file.write(b"x")
    except OSError as wrong:
        return bad("数据文件夹", f"{settings.folder} 写不进去：{wrong.strerror}。")
    return good("数据文件夹", f"{settings.folder.resolve()} 可以写。")


def _room(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.folder if settings.folder.exists() else "/").free
    told = f"还空着 {free / 1e9:.1f} GB。"
    return good("磁盘", told) if free > ROOM else bad("磁盘", f"{told}快满了，请清理或加盘。")


def _courier(settings: Settings) -> Finding:
    if settings.workers_courier == "0":
        return warn("信差", "服务进程不兼管信差，请确认另有 heyi courier 在运行。")
    return good("信差", "由服务进程兼管。")


def _font() -> Finding:
    if has_font():
        return good("字体", "有中文字体，公告能排成 PDF。")
    return warn("字体", "没有中文字体，公告排不成 PDF，只能用网页打印。请安装 fonts-noto-cjk。")


def _sqlite(settings: Settings) -> list[Finding]:
    version, writer = sqlite3.sqlite_version, holder(settings)
    told = f"SQLite {version}"
    old = f"{told}，低于 {'.'.join(map(str, SOUND))}：同时只让一个进程写，第二个会被拒绝。"
    library = good("SQLite", told) if sqlite3.sqlite_version_info >= SOUND else warn("SQLite", old)
    return [library, good("正在写的进程", writer or "没有")]
