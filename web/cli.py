"""The ``heyi`` command."""

import asyncio
import os
from collections.abc import Awaitable, Coroutine
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from web.cli_archive import archive
from web.cli_backup import backup, restore
from web.cli_ballot import tally
from web.cli_budget import budget
from web.cli_courier import courier
from web.cli_demo import demo
from web.cli_doctor import doctor
from web.cli_dossier import dossier
from web.cli_forms import forms
from web.cli_import import importing
from web.cli_import_cases import import_cases
from web.cli_import_dossier import import_dossier
from web.cli_keys import keys
from web.cli_law import law
from web.cli_outage import outage
from web.cli_people import first_administrator, people, plainly
from web.cli_privacy import privacy
from web.cli_record import verify
from web.cli_replay import replay
from web.cli_search import search
from web.cli_verify_ballot import ballot as verify_ballot
from web.clock import BEIJING, Clock, parse_step
from web.database import close_database, config, open_database
from web.db import migrate as migrations
from web.one_writer import one_writer
from web.settings import BadSettings, Settings, load, ring_of, write_secrets

T = TypeVar("T")


def settings() -> Settings:
    """Return the settings, or stop with the sentence that says what is missing."""
    try:
        return load(os.environ)
    except BadSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


def run(work: Awaitable[T], *, writes: bool = True) -> T:
    """Run ``work`` with the database open; what ``writes`` waits for no running server but refuses beside it."""
    from community.privacy import vault
    from community.record.transaction import drain
    from web.leaving import leavable
    from web.searched import searchable

    chosen = settings()
    searchable()
    leavable()

    async def opened() -> T:
        vault.install(ring_of(chosen))
        await open_database(chosen.database_url)
        try:
            return await work
        finally:
            await drain()
            await close_database()

    try:
        with one_writer(chosen) if writes else nullcontext():
            ready(chosen)
            return asyncio.run(opened())
    finally:
        if isinstance(work, Coroutine):
            work.close()  # it never began when the start was refused


def ready(chosen: Settings) -> None:
    """Stop with a sentence unless the database is of this version."""
    if asyncio.run(migrations.pending(config(chosen.database_url))):
        raise click.ClickException("数据库还不是这个版本的样子，请先运行 heyi migrate。")


def clock() -> Clock:
    """Return the clock that the server goes by."""
    chosen = settings()
    return Clock(file=chosen.folder / "clock" if chosen.development else None)


@click.group()
@click.version_option(package_name="heyi")
def main() -> None:
    """和议：居民议事表决与矛盾纠纷调解平台."""
    os.umask(0o077)  # what we write, the database above all, is for its owner alone


@main.command()
def migrate() -> None:
    """把数据库更新到当前版本 (bring the database up to date)."""
    chosen = settings()
    with one_writer(chosen):
        asyncio.run(migrations.run(config(chosen.database_url)))
    click.echo("数据库已是最新。")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """启动网站 (serve the site)."""
    from web.serve import start

    chosen = settings()
    with one_writer(chosen):
        start(chosen, host=host, port=port, workers=workers)


@main.command()
@click.option("--lang", type=click.Choice(["zh-CN", "en"]), default="zh-CN", show_default=True)
def openapi(lang: str) -> None:
    """打印开放接口的说明 OpenAPI 3.1 (print the API's description)."""
    import json

    from web.api.routes import described

    click.echo(json.dumps(described(lang), ensure_ascii=False, indent=2))


@main.command("clock")
@click.argument("step", required=False)
def move_clock(step: str | None) -> None:
    """看时间，或在开发模式里拨钟，例如 heyi clock +15d (show or move the clock)."""
    present = clock()
    if step:
        if not settings().development:
            raise click.ClickException("只有开发模式可以拨钟。")
        try:
            present.move(parse_step(step))
        except ValueError as wrong:
            raise click.ClickException("请写成 +15d、-2h、+30m 或 +1d+6h 这样。") from wrong
    at = present.now()
    click.echo(at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S %Z"))
    for line in waiting(at):
        click.echo(line)


def waiting(at: datetime) -> list[str]:
    """Return what falls due next, a line each; nothing where there is no database yet."""
    from community.timers.queries import next_due

    if asyncio.run(migrations.pending(config(settings().database_url))):
        return []
    due = run(next_due(5), writes=False)
    lines = [f"  {each.due_at.astimezone(BEIJING):%Y-%m-%d %H:%M}  {each.kind}  {each.subject}" for each in due]
    return ["接下来到期的：", *lines] if lines else [f"{at.astimezone(BEIJING):%m 月 %d 日}以后没有要到期的事。"]


@main.command()
@click.option("--name", prompt="管理员姓名", help="第一位系统管理员的姓名")
@click.option("--email", prompt="管理员邮箱", help="第一位系统管理员的邮箱")
def init(name: str, email: str) -> None:
    """写好密钥文件，建好数据库，设第一位管理员 (secrets, database, first administrator)."""
    path = write_secrets(settings_folder())
    click.echo(f"密钥在 {path}，只有您自己能读。")
    chosen = settings()
    with one_writer(chosen):
        asyncio.run(migrations.run(config(chosen.database_url)))
    click.echo("数据库已建好。")
    link = run(plainly(first_administrator(name, email, site_url=chosen.site_url, at=clock().now())))
    click.echo(f"请 {name} 在 24 小时内打开下面的链接设密码，只能用一次：\n{link}")


def settings_folder() -> Path:
    """Return the data folder without asking for secrets that are about to be written."""
    return Path(os.environ.get("HEYI_HOME", "var"))


importing.add_command(import_cases)
importing.add_command(import_dossier)
main.add_command(importing)
main.add_command(people)
main.add_command(verify)
main.add_command(tally)
main.add_command(budget)
main.add_command(law)
main.add_command(forms)
main.add_command(keys)
main.add_command(privacy)
verify.add_command(verify_ballot)
verify.add_command(archive)
verify.add_command(dossier)
main.add_command(courier)
main.add_command(outage)
main.add_command(doctor)
main.add_command(backup)
main.add_command(restore)

main.add_command(demo)
main.add_command(replay)
main.add_command(search)


if __name__ == "__main__":
    main()
