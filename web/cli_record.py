"""``heyi verify``: does the record still say what it said when it was sealed?"""

import click

from community.record.models import Seal
from community.record.seal import Verdict
from community.record.seal import verify as walk


@click.group("verify")
def verify() -> None:
    """核对 (verify what was sealed)."""


@verify.command("record")
def record() -> None:
    """从头核对全过程记录的哈希链，指出第一处对不上的地方 (walk the hash chain)."""
    from web.cli import run

    verdict = run(_walk(), writes=False)
    click.echo(f"核对了 {verdict.events} 条记录，链尾 {verdict.head}")
    if verdict.bad:
        click.secho(f"对不上：{verdict.bad}", fg="red", err=True)
        raise SystemExit(1)
    click.secho("全部相符。", fg="green")


async def _walk() -> Verdict:
    with click.progressbar(length=await Seal.all().count(), label="核对", show_pos=True) as bar:
        return await walk(told=lambda count: bar.update(count - bar.pos))
