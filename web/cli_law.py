"""``heyi law``: check the packs of rules that come with the program or lie in files, and compare two of them."""

from datetime import date, datetime
from pathlib import Path

import click

from community.law.packs import read_pack, shipped
from community.law.rules import Pack, faults
from deliberation.ballot.compare import differences
from deliberation.ballot.conduct import Conduct, conducts_from, flaws
from deliberation.ballot.lint import lint, serious
from deliberation.ballot.packs import rules_from
from deliberation.ballot.rules import DecisionRule
from deliberation.charter.held import held
from web.clock import BEIJING, Clock

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def law() -> None:
    """检查、比较规则包 (check and compare packs of rules)."""


@law.command("lint")
@click.argument("files", nargs=-1, type=FILE)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天，缺省是今天 (the day, today unless told)")
@click.option("--bodies", is_flag=True, help="连库里登记的议事规则一起查 (the bodies' own rules in the database too)")
def lint_packs(files: tuple[Path, ...], on: datetime | None, *, bodies: bool) -> None:
    """逐条检查：过期的条文、互相矛盾的条款、早于民法典的门槛、没读过原文的硬规则。有错误时退出码是 1。"""
    day = _day(on)
    packs = _read(files)
    rules = _rules(packs)
    wrong = 0
    for remark in faults((*shipped(), *(pack for pack in packs if pack not in shipped())), day):
        click.secho(f"✗ {remark.about}：{remark}", fg="red")
        wrong += 1
    for finding in lint(rules, day):
        bad = any(serious(finding, rule) for rule in rules if rule.id == finding.rule)
        click.secho(f"{'✗' if bad else '·'} {finding.rule}：{finding}", fg="red" if bad else "yellow")
        wrong += bad
    for flaw in flaws(_conducts(packs), rules, day):
        click.secho(f"✗ {flaw.about}：{flaw}", fg="red")
        wrong += 1
    wrong += _lint_bodies(day) if bodies else 0
    click.echo(f"{day}：{len(packs)} 个规则包，{len(rules)} 条规则，{wrong} 个错误")
    raise SystemExit(1 if wrong else 0)


def _lint_bodies(day: date) -> int:
    """Say what is wrong with the rules of procedure in the database, and return how much."""
    from web.cli import run

    checked = run(held(day), writes=False)
    for charter, found in checked:
        for each in found:
            click.secho(f"✗ {charter.body.name}，第 {charter.number} 版：{each}", fg="red")
    click.echo(f"{day}：{len(checked)} 个会议有自己的议事规则")
    return sum(len(found) for _, found in checked)


@law.command("diff")
@click.argument("one", type=FILE)
@click.argument("other", type=FILE)
def diff_packs(one: Path, other: Path) -> None:
    """比较两个规则包：多了、少了、改了哪些规则。"""
    before, after = ({rule.id: rule for rule in _rules(_read((path,)))} for path in (one, other))
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            click.secho(f"- {name} {before[name].title}", fg="red")
        elif name not in before:
            click.secho(f"+ {name} {after[name].title}", fg="green")
        else:
            for each in differences(before[name], after[name]):
                click.echo(f"~ {name} {each.field}: {each.one} → {each.other}")


def _day(on: datetime | None) -> date:
    return on.date() if on else Clock().now().astimezone(BEIJING).date()


def _read(files: tuple[Path, ...]) -> tuple[Pack, ...]:
    try:
        return tuple(read_pack(path) for path in files) or shipped()
    except ValueError as why:
        raise click.ClickException(f"规则包读不了：{why}") from why


def _conducts(packs: tuple[Pack, ...]) -> tuple[Conduct, ...]:
    try:
        return conducts_from(conduct for pack in packs for conduct in pack.conducts)
    except ValueError as why:
        raise click.ClickException(f"规则包读不了：{why}") from why


def _rules(packs: tuple[Pack, ...]) -> tuple[DecisionRule, ...]:
    try:
        return rules_from({"jurisdiction": pack.jurisdiction, **rule} for pack in packs for rule in pack.rules)
    except ValueError as why:
        raise click.ClickException(f"规则包读不了：{why}") from why
