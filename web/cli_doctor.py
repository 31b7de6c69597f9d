"""``heyi doctor``: says every setting and looks the whole installation over."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from web.doctor.finding import Finding, Level, worst
from web.doctor.given import Shown, shown

COLOURS: Final = {Level.GOOD: "green", Level.WARN: "yellow", Level.BAD: "red"}
MARKS: Final = {Level.GOOD: "好  ", Level.WARN: "留意", Level.BAD: "不行"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="给程序看的形式")
@click.option("--accept-restored-log", "restored", is_flag=True, help="从备份恢复以后，接受变短的票据日志，记入过程")
def doctor(*, as_json: bool, restored: bool) -> None:
    """检查设置、密钥、数据库、邮件、对时、积压 (look the installation over); 有“不行”时返回 1."""
    from web.cli import clock, settings
    from web.doctor.rounds import examine

    chosen = settings()
    if restored:
        _accept(chosen.folder)
    given, found = shown(chosen), asyncio.run(examine(chosen, clock()))
    if as_json:
        click.echo(json.dumps(_plain(given, found), ensure_ascii=False, indent=2))
    else:
        _tell(given, found)
    if worst(found) is Level.BAD:
        raise SystemExit(1)


def _accept(folder: Path) -> None:
    from web.cli import clock, run
    from web.log_kept import accept

    for line in run(accept(folder, at=clock().now())):
        click.secho(f"已接受并记入过程：{line}", fg="yellow")


def _plain(given: Sequence[Shown], found: list[Finding]) -> dict[str, object]:
    return {
        "ok": worst(found) is not Level.BAD,
        "settings": [asdict(each) for each in given],
        "checks": [asdict(each) for each in found],
    }


def _tell(given: Sequence[Shown], found: list[Finding]) -> None:
    for setting in given:
        click.echo(f"{setting.name} = {setting.value or '（空）'}  [{setting.source}]")
        click.secho(f"    {setting.meaning}", dim=True)
    click.echo()
    for each in found:
        click.echo(f"{click.style(MARKS[each.level], fg=COLOURS[each.level])}  {each.name}：{each.saying}")
