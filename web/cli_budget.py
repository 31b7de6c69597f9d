"""``heyi budget``: count a participatory-budgeting file both ways and say of each project why it won or did not."""

from pathlib import Path

import click

from community.errors import Unfit
from deliberation.budget.equal_shares import Completion, Utility, equal_shares
from deliberation.budget.greedy import greedy
from deliberation.budget.pabulib import Sheet, parse
from deliberation.budget.rules import Counted, Kind, Why

WHY = {
    Why.WON: "选中",
    Why.FILLED: "余款补选",
    Why.NO_MONEY: "轮到它时余款不够",
    Why.NO_SUPPORT: "没有人选",
    Why.TOO_DEAR: "比总额还贵",
    Why.SUPPORTERS_SHORT: "支持它的人剩下的份额不够",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--completion", type=click.Choice([each.value for each in Completion]), default=Completion.GREEDY.value)
def budget(file: Path, completion: str) -> None:
    """按 Pabulib 格式的文件计票，两种算法并排 (count a .pb file by most votes and by equal shares)."""
    try:
        sheet = parse(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as why:
        raise click.ClickException("这个文件不是 UTF-8 编码，请另存后再试。") from why
    except Unfit as why:
        raise click.ClickException(why.reason.format(**why.facts)) from why
    _tell(sheet, greedy(sheet.round), _shares(sheet, Completion(completion)))


def _shares(sheet: Sheet, completion: Completion) -> Counted:
    utility = Utility.POINTS if sheet.round.kind in (Kind.POINTS, Kind.RANKED) else Utility.COST
    whole = len(sheet.round.projects)
    with click.progressbar(length=whole, label="等份计票", show_pos=True) as bar:
        found = equal_shares(
            sheet.round, utility=utility, completion=completion, watch=lambda done, _: bar.update(done - bar.pos)
        )
        bar.update(whole - bar.pos)
    return found


def _tell(sheet: Sheet, votes: Counted, shares: Counted) -> None:
    round_ = sheet.round
    click.echo(f"总额 {round_.budget}，{len(round_.projects)} 个项目，{round_.voters} 人投票")
    for counted in (votes, shares):
        click.secho(f"\n{counted.method}：选中 {len(counted.won)} 个，用去 {counted.spent}", bold=True)
        for step in counted.steps:
            mark = "✓" if step.won else "✗"
            facts = (mark, step.project.key, step.project.cost, step.support, WHY[step.why], step.project.name)
            click.echo("  ".join(str(fact) for fact in facts))
    both = {project.key for project in votes.won} ^ {project.key for project in shares.won}
    click.echo(f"\n换一种算法，{len(both)} 个项目的结果不同：{'、'.join(sorted(both)) or '没有'}")
