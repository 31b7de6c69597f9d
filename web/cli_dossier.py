"""``heyi verify dossier``: is this export of a mediation dossier whole? Asked of the file alone."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

VERIFIER: Final = Path(__file__).parent / "dossier_verifier.py"


@click.command("dossier")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--manifest", default="", help="记录里或纸上的清单校验值 (the hash of the list)")
def dossier(file: Path, manifest: str) -> None:
    """核对一份调解卷宗，指出哪个文件改过、少了、多了 (check an exported dossier)."""
    more = ["--manifest", manifest] if manifest else []
    done = subprocess.run(  # noqa: S603 - our own program, apart from everything else of ours
        [sys.executable, "-I", str(VERIFIER), str(file), *more], capture_output=True, text=True, check=False
    )
    click.echo(done.stdout + done.stderr, nl=False)
    raise SystemExit(done.returncode)
