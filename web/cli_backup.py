"""``heyi backup`` and ``heyi restore``, for the embedded database."""

from pathlib import Path

import click

from web.backup import BadBackup, put_back, save


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """把 SQLite 数据库和上传的文件存成一个文件，服务不用停 (save everything but the keys)."""
    from web.cli import settings

    chosen = settings()
    try:
        with click.progressbar(length=1, label="备份") as bar:
            size = save(chosen, target, lambda done, total: _show(bar, done, total))
    except BadBackup as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"已存到 {target}，{size / 1e6:.1f} MB。密钥没有放进去，请把 {chosen.folder / 'secrets.env'} 另外收好。")


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(archive: Path) -> None:
    """把备份放回一个空的数据文件夹 (put a backup back into an empty home)."""
    from web.cli import settings
    from web.one_writer import one_writer

    chosen = settings()
    try:
        with one_writer(chosen):
            count = put_back(chosen, archive)
    except BadBackup as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"已放回：数据库和 {count} 个文件。请把原来的密钥文件也放回去，再运行 heyi migrate 和 heyi doctor。")


def _show(bar: "click._termui_impl.ProgressBar[int]", done: int, total: int) -> None:
    bar.length = total
    bar.update(done - bar.pos)
