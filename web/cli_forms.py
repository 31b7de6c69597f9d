"""``heyi forms``: the blank forms as files, to be printed before the power goes."""

import asyncio
from pathlib import Path

import click


@click.command("forms")
@click.option("--blank", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="放在哪里")
def forms(folder: Path) -> None:
    """把全部空白表格写成 PDF (write every blank form as PDF)."""
    from web.mediation.blank.listing import FORMS
    from web.mediation.blank.pages import typeset

    folder.mkdir(parents=True, exist_ok=True)
    for code, blank in FORMS.items():
        (folder / f"{code}.pdf").write_bytes(asyncio.run(typeset(blank)))
        click.echo(f"{blank.title}　{folder / f'{code}.pdf'}")
