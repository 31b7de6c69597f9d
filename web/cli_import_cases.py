"""``heyi import cases``: a file of disputes into the queue of intake, and how well suggestions would have sorted it."""

from datetime import datetime
from pathlib import Path

import click

from mediation.intake.rules import Kind
from mediation.intake.sheets import Cases, parse
from mediation.intake.suggesting import accuracy, shipped
from web.cli_import import FILE, SURE, Findings, Progress, carry_out
from web.locale import SOURCE, say
from web.mediation.intake.words import KINDS


@click.command("cases")
@FILE
@click.option("--community", required=True, help="社区的编码")
@click.option("--by", "email", required=True, help="登记人：本社区调委会受理员的邮箱")
@click.option("--unnamed", is_flag=True, help="没有写当事人的也收下，先记成“待核实”")
@click.option("--dry-run", is_flag=True, help="只试算")
@click.option("--categories", is_flag=True, help="打印类型推荐和文件里的类别有多少一致")
@SURE
def import_cases(
    file: Path, *, community: str, email: str, unnamed: bool, dry_run: bool, categories: bool, yes: bool
) -> None:
    """纠纷登记表 (CSV、XLSX 或 JSONL：编号,经过,来源,收到时间,类型,申请人,被申请人…)."""
    from community.places.queries import community_of
    from mediation.intake.importing import bring, clerk_of, new_ones
    from web.cli import clock

    at = clock().now()

    async def look() -> Findings:
        cases, _ = _read(file, at, unnamed=unnamed)
        if categories:
            _print_accuracy(cases)
        _, org = await clerk_of(email, (await community_of(community)).id, at=at)
        n = len(await new_ones(cases, org))
        return Findings({"cases": n}, cases.wrong, not n and not cases.wrong, n)

    async def do(progress: Progress) -> object:
        cases, digest = _read(file, at, unnamed=unnamed)
        clerk, org = await clerk_of(email, (await community_of(community)).id, at=at)
        return await bring(cases, org, sha256=digest, by=clerk, at=at, progress=progress)

    carry_out(look, do, sure=yes and not dry_run)


def kind_names() -> dict[str, Kind]:
    """Return how a kind may be written in a file: its number, or what it is called."""
    return {name: kind for kind in Kind for name in (kind.value, say(SOURCE, KINDS[kind]))}


def _read(file: Path, at: datetime, *, unnamed: bool) -> tuple[Cases, str]:
    from community.places.sheet import read_sheet

    sheet = read_sheet(file.read_bytes())
    return parse(sheet, kind_names(), at=at, unnamed=unnamed), sheet.sha256


def _print_accuracy(cases: Cases) -> None:
    """Say how often the suggestions are what the file says, by the labels that mean a kind of ours."""
    labels = {**kind_names(), **shipped().labels}
    known = [(each.filing.statement, labels[each.label]) for each in cases.cases if each.label in labels]
    found = accuracy(known)
    others = sum(1 for each in cases.cases if each.label and each.label not in labels)
    click.echo(f"类型推荐（词表 {shipped().version}）：能比的 {found.labelled} 件，类别不在我们分类里的 {others} 件。")
    if found.labelled:
        click.echo(
            f"第一个就对 {found.first} 件（{found.first * 100 // found.labelled}%），"
            f"前三个里有 {found.shown} 件（{found.shown * 100 // found.labelled}%），没有推荐 {found.silent} 件。"
        )
