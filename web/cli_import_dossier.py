"""``heyi import dossier``: a paper dossier that was scanned, from a folder, a package or one PDF."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import BinaryIO

import click

from community.errors import Refused
from mediation.archive.rules import Retention
from mediation.digitised.checking import ENDINGS, examine, unpacked
from mediation.digitised.commands import Described
from web.cli_import import SURE
from web.cli_import_cases import kind_names
from web.locale import SOURCE, say

DAY = click.DateTime(["%Y-%m-%d"])
Scans = list[tuple[str, BinaryIO]]
TAKEN = {*(end for ends in ENDINGS.values() for end in ends), ".zip"}


@click.command("dossier")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--by", "email", required=True, help="扫描人：本单位档案员的邮箱")
@click.option("--number", required=True, help="卷号，照封面写")
@click.option("--kind", required=True, help="纠纷类型：编号或者名称，例如 02 或 邻里")
@click.option("--party", "parties", multiple=True, required=True, help="当事人，一位写一次")
@click.option("--from", "began", type=DAY, required=True, help="立案日期")
@click.option("--to", "closed", type=DAY, required=True, help="结案日期")
@click.option("--keep", type=click.Choice([str(each.value) for each in Retention]), required=True, help="保管期限")
@click.option("--sheets", type=click.IntRange(1, 9999), required=True, help="纸卷一共几页")
@click.option("--lies", default="", help="原件放在哪里")
@click.option("--how", default="", help="怎么扫的，例如 彩色 300 dpi")
@SURE
def import_dossier(
    source: Path,
    *,
    email: str,
    number: str,
    kind: str,
    parties: tuple[str, ...],
    began: date,
    closed: date,
    keep: str,
    sheets: int,
    lies: str,
    how: str,
    yes: bool,
) -> None:
    """一卷扫描好的纸质卷宗：文件夹、ZIP 或 PDF。导入后由另一个人和原件比对 (a scanned paper dossier)."""
    known = kind_names()
    if kind not in known:
        raise click.ClickException(f"不认识的纠纷类型：{kind}。可以写 {'、'.join(known)}。")
    days = {
        "began_on": date(began.year, began.month, began.day),
        "closed_on": date(closed.year, closed.month, closed.day),
    }
    cover = {"number": number, "parties": parties, "sheets": sheets, "lies": lies, "how": how}
    told = Described(kind=known[kind], retention=Retention(keep), **days, **cover)  # type: ignore[arg-type]
    with ExitStack() as opened:
        files: Scans = [(each.name, opened.enter_context(each.open("rb"))) for each in _files(source)]
        try:
            _look(unpacked(files, opened), told)
            _carry_out(files, told, email, yes=yes)
        except Refused as why:
            raise click.ClickException(say(SOURCE, why.reason, **why.facts)) from why


def _files(source: Path) -> list[Path]:
    """Return the scans of a folder, or the one file; what is hidden or of another kind stops the import."""
    found = (
        [each for each in sorted(source.iterdir()) if not each.name.startswith(".")] if source.is_dir() else [source]
    )
    odd = [each.name for each in found if not each.is_file() or each.suffix.lower() not in TAKEN]
    if odd or not found:
        raise click.ClickException(f"这些收不了，请拿走再导入：{'、'.join(odd)}" if odd else "文件夹是空的。")
    return found


def _look(files: Scans, told: Described) -> None:
    seen = [(name, examine(file, name)) for name, file in files]
    for name, each in seen:
        click.echo(f"{each.sha256[:16]}　{each.pages} 页　{name}")
    click.echo(f"文件 {len(seen)} 个，一共 {sum(each.pages for _, each in seen)} 页；纸卷 {told.sheets} 页。")


def _carry_out(files: Scans, told: Described, email: str, *, yes: bool) -> None:
    if not yes:
        click.echo("这只是试算，什么都没有改。确认无误后加上 --yes 再运行一次。")
        return
    from web.cli import run

    click.echo(f"已导入，等另一个人和原件比对：{run(_bring(files, told, email))}")


async def _bring(files: Scans, told: Described, email: str) -> str:
    from community.files.storage import Disk
    from community.people.models import Person
    from mediation.digitised.commands import bring
    from mediation.digitised.keeping import kept
    from mediation.digitised.queries import shelves_of
    from web.cli import clock, settings

    at = clock().now()
    by = await Person.get_or_none(email=email.strip().lower())
    orgs = await shelves_of(by, at=at) if by else []
    if by is None or len(orgs) != 1:
        raise click.ClickException("请写本单位档案员的邮箱。管几个单位的档案员，请在网页上导入。")
    async with kept(Disk(settings().folder / "files"), files) as copy:
        return (await bring(orgs[0], told, copy, by=by, at=at)).code
