"""``heyi verify ballot``: a number counts the stored papers again, a file is checked by the standalone verifier."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

from web.cli_ballot import tally

VERIFIER: Final = Path(__file__).parent / "verifier.py"


@click.command("ballot")
@click.argument("what")
@click.option("--checkpoint", default="", help="信里或公告上的检查点，张数:根 (SIZE:ROOT)")
@click.option("--key", default="", help="信里或公告上的公钥 (the public key)")
@click.pass_context
def ballot(context: click.Context, what: str, checkpoint: str, key: str) -> None:
    """核对一次表决：写编号就重数数据库里的票，写文件名就核对公开数据包 (a number, or a bundle)."""
    if what.isascii() and what.isdigit():
        context.invoke(tally, ballot=int(what))
        return
    if not Path(what).is_file():
        raise click.ClickException(f"没有这个文件：{what}")
    more = [*(["--checkpoint", checkpoint] if checkpoint else []), *(["--key", key] if key else [])]
    done = subprocess.run(  # noqa: S603 - our own program, apart from everything else of ours
        [sys.executable, "-I", str(VERIFIER), what, *more], capture_output=True, text=True, check=False
    )
    click.echo(done.stdout + done.stderr, nl=False)
    raise SystemExit(done.returncode)
