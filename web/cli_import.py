"""``heyi import``: first a dry run that says what would change and every bad row, then all of it or nothing.

Other kinds of files add a subcommand to `importing` and go through `carry_out`.
"""

import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import click

from community.errors import Refused
from community.places.columns import Wrong
from community.places.sheet import Sheet
from community.places.tree import Tree
from web.community.places.words import COUNTS
from web.locale import SOURCE, say

T = TypeVar("T")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file would change.

    Attributes:
        counts: how much, by names of `COUNTS`.
        wrong: every bad row.
        empty: nothing would change.
        work: how many rows would be written; 0 when it is not worth a progress bar.
    """

    counts: Mapping[str, int]
    wrong: Sequence[Wrong] = ()
    empty: bool = False
    work: int = 0


Look = Callable[[], Awaitable[Findings]]
Do = Callable[[Progress], Awaitable[object]]

SURE: Final = click.option("--yes", is_flag=True, help="试算没有错误就直接导入")
FILE: Final = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("import")
def importing() -> None:
    """从文件导入：先试算，再整份导入 (import a file: dry run first, all or nothing)."""


def carry_out(look: Look, do: Do, *, sure: bool) -> None:
    """Show what would change; then, with ``--yes`` or after asking on a terminal, do it.

    Raises:
        click.ClickException: something in the file is wrong; nothing is stored.
    """
    from web.cli import run

    findings = run(_said(look()), writes=False)
    _report(findings)
    if findings.empty:
        click.echo("没有变化，不用导入。")
    elif sure or (sys.stdin.isatty() and click.confirm("导入吗？")):
        with click.progressbar(length=findings.work, label="正在导入") as bar:
            run(_said(do(bar.update)))
        click.echo("已导入。")
    else:
        click.echo("这只是试算，什么都没有改。确认无误后加上 --yes 再运行一次。")


def _report(findings: Findings) -> None:
    for name, count in findings.counts.items():
        if count:
            click.echo(f"{COUNTS[name]}：{count}")
    for each in findings.wrong:
        sentence = say(SOURCE, each.why.reason, **each.why.facts)
        click.echo(f"第 {each.line} 行「{each.column}」：{sentence}", err=True)
    if findings.wrong:
        raise click.ClickException(f"文件里有 {len(findings.wrong)} 处要改，什么都没有导入。")


async def _said(work: Awaitable[T]) -> T:
    """Return what ``work`` returns; a refusal becomes the sentence that a terminal shows."""
    try:
        return await work
    except Refused as why:
        raise click.ClickException(say(SOURCE, why.reason, **why.facts)) from why


@importing.command("places")
@FILE
@SURE
def import_places(file: Path, *, yes: bool) -> None:
    """街道、社区、网格、楼栋 (CSV 或 XLSX：层级,编码,名称,上级编码)."""
    from community.places.tree import parse_places

    _trees(file, parse_places, sure=yes)


@importing.command("divisions")
@FILE
@click.option("--province", default="", help="只导入一个省级行政区，例如 北京市")
@SURE
def import_divisions(file: Path, *, province: str, yes: bool) -> None:
    """省、市、县、乡四级区划 (CSV：id,pid,deep,name,pinyin,ext_id,ext_name)."""
    from community.places.tree import parse_divisions

    _trees(file, lambda sheet: parse_divisions(sheet, province=province), sure=yes)


@importing.command("roll")
@FILE
@click.option("--community", required=True, help="社区的编码")
@click.option("--complete", is_flag=True, help="名册是完整的：所列房屋里没有写到的人按迁出办")
@SURE
def import_roll(file: Path, *, community: str, complete: bool, yes: bool) -> None:
    """房屋、业主和居民 (CSV 或 XLSX：楼栋,房号,面积,姓名…)."""
    _roll(file, community, complete=complete, sure=yes)


importing.add_command(import_roll, "people")


@importing.command("calendar")
@FILE
@SURE
def import_calendar(file: Path, *, yes: bool) -> None:
    """一年的放假和调休 (JSON：year, days)."""
    from community.calendar.commands import import_year, look_at_year
    from web.cli import clock

    text = file.read_bytes()

    async def look() -> Findings:
        year, days, new = await look_at_year(text)
        return Findings({"year": year, "days": days}, empty=not new)

    carry_out(look, lambda _: import_year(text, by=None, at=clock().now()), sure=yes)


@importing.command("proposals")
@FILE
@click.option("--comments", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="讨论的文件")
@click.option("--community", required=True, help="社区的编码")
@SURE
def import_proposals(file: Path, *, comments: Path | None, community: str, yes: bool) -> None:
    """别的平台上的旧提议和讨论 (id,title,user,date,summary,text；id,parent_id,proposal_id,user,date,text)."""
    from community.places.queries import community_of
    from community.places.sheet import read_sheet
    from community.search.keeping import reindex
    from deliberation.body.models import Body
    from deliberation.legacy.commands import bring
    from deliberation.legacy.sheets import Bundle, parse
    from web.cli import clock

    def parsed() -> tuple[Bundle, str]:
        sheet = read_sheet(file.read_bytes())
        return parse(sheet, read_sheet(comments.read_bytes()) if comments else None), sheet.sha256

    async def look() -> Findings:
        bundle, _ = parsed()
        counts = {"proposals": len(bundle.proposals), "comments": len(bundle.comments)}
        return Findings(counts, bundle.wrong, work=sum(counts.values()))

    async def do(progress: Progress) -> object:
        bundle, digest = parsed()
        place = await community_of(community)
        body = await Body.filter(community_id=place.id).order_by("id").first()
        if body is None:
            raise click.ClickException("这个社区还没有会议，请先由居委会设立一个。")
        counts = await bring(bundle, body.id, sha256=digest, by=None, at=clock().now(), progress=progress)
        await reindex()  # one event stands for all of them, so that the search did not see each come
        return counts

    carry_out(look, do, sure=yes)


def _trees(file: Path, parse: Callable[[Sheet], Tree], *, sure: bool) -> None:
    from community.places.planting import plan_tree, plant
    from community.places.sheet import read_sheet
    from web.cli import clock

    at = clock().now()

    def read() -> tuple[Tree, str]:
        sheet = read_sheet(file.read_bytes())
        return parse(sheet), sheet.sha256

    async def look() -> Findings:
        plan = await plan_tree(read()[0], by=None, at=at)
        return Findings(plan.counts, plan.wrong, plan.empty, len(plan.fresh) + len(plan.renamed))

    async def do(progress: Progress) -> object:
        tree, digest = read()
        return await plant(tree, sha256=digest, by=None, at=at, progress=progress)

    carry_out(look, do, sure=sure)


def _roll(file: Path, code: str, *, complete: bool, sure: bool) -> None:
    from community.places.enrolling import enrol, plan_roll
    from community.places.queries import community_of
    from community.places.roll import Roll, parse_roll
    from community.places.sheet import read_sheet
    from web.cli import clock

    at = clock().now()

    def read() -> tuple[Roll, str]:
        sheet = read_sheet(file.read_bytes())
        return parse_roll(sheet), sheet.sha256

    async def look() -> Findings:
        plan = await plan_roll(read()[0], await community_of(code), complete=complete, by=None, at=at)
        return Findings(plan.counts, plan.wrong, plan.empty, plan.work)

    async def do(progress: Progress) -> object:
        roll, digest = read()
        place = await community_of(code)
        return await enrol(roll, place, sha256=digest, complete=complete, by=None, at=at, progress=progress)

    carry_out(look, do, sure=sure)
