"""``heyi privacy``: what this installation keeps about people."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mediation.archive.retention import Report


@click.group("privacy")
def privacy() -> None:
    """个人信息：清单、保管期限 (personal data: the inventory, the terms)."""


@privacy.command("inventory")
def inventory() -> None:
    """写出个人信息清单：哪一栏，为什么，依据，存多久，谁看，用哪把钥匙锁 (the inventory, as Markdown)."""
    from web.inventory import faults, sheet

    for fault in faults():
        click.secho(fault, fg="red", err=True)
    if faults():
        raise SystemExit(1)
    click.echo(sheet(), nl=False)


@privacy.command("retention")
def retention() -> None:
    """各单位案卷的保管期限：到期、该销毁、暂不能销毁、已销毁；聊天过期没销毁的，退出码是 1 (terms of keeping)."""
    from mediation.archive.retention import reports
    from web.cli import clock, run

    found = run(reports(at=clock().now()), writes=False)
    for name, each in found:
        click.echo(f"{name}  {_line(each)}")
    if not found:
        click.echo("还没有归档的案卷。")
    if late := sum(each.talk_late for _, each in found):
        click.secho(f"有 {late} 间调解室的谈话过了期限还没有销毁，请看 heyi doctor 和投递程序。", fg="red", err=True)
        raise SystemExit(1)


def _line(each: "Report") -> str:
    held = len(each.over) - each.due
    figures = {
        "在架": sum(each.kept.values()),
        "一年内到期": each.soon,
        "到期可鉴定销毁": each.due + each.more,
        "到期暂不能销毁": held,
        "已销毁": each.destroyed,
        "谈话已销毁": each.talk_gone,
        "旧卷": each.copies,
        "旧卷到期": each.copies_over,
    }
    return " · ".join(f"{name} {_few(n)}" for name, n in figures.items())


def _few(n: int) -> str:
    """Return a count, the small ones as such: who runs the machine need not find out whose dossier it is."""
    from mediation.report.rules import SMALL

    return f"<{SMALL}" if 0 < n < SMALL else str(n)
