"""``heyi verify archive``: is this package the one that was archived, byte for byte?"""

from pathlib import Path
from typing import Final

import click

from deliberation.archive.models import Archive
from deliberation.archive.package import Fault, verify

SAID: Final = {"altered": "改过", "missing": "少了", "added": "多出来的", "manifest": "没有可读的清单"}


@click.command("archive")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--root", default="", help="归档页上的总校验码；不给就和本机的记录核对")
def archive(file: Path, root: str) -> None:
    """核对一份卷宗，指出哪个文件改过、少了、多了 (check a file package against its root hash)."""
    found, faults = verify(file)
    for fault in faults:
        click.secho(_line(fault), fg="red", err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"总校验码 {found}")
    if root and root.strip().lower() != found:
        click.secho("和给出的总校验码不一样：清单改过。", fg="red", err=True)
        raise SystemExit(1)
    if not root:
        _on_record(found)
    click.secho("全部相符。", fg="green")


def _line(fault: Fault) -> str:
    if fault.how == "unreadable":
        return "这不是一份能打开的卷宗。"
    return f"{SAID[fault.how]}：{fault.name}"


def _on_record(found: str) -> None:
    """Compare with the record of this installation, or stop."""
    from deliberation.archive.queries import root_known
    from web.cli import run

    known: Archive | None = run(root_known(found), writes=False)
    if known is None:
        click.secho("本机的记录里没有这个总校验码：清单改过，或者不是这里归档的。", fg="red", err=True)
        raise SystemExit(1)
    click.echo(f"第 {known.matter.id} 号，{known.matter.title}")
