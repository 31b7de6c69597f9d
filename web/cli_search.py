"""``heyi search``: the index of what can be found."""

import click


@click.group()
def search() -> None:
    """搜索用的索引 (the index that the search goes by)."""


@search.command()
def reindex() -> None:
    """重建搜索索引，网站可以开着 (write the whole index again; on PostgreSQL the site may go on meanwhile)."""
    from community.search.keeping import reindex as write_again
    from web.cli import run

    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        click.echo(f"\r看过 {done} 件", nl=False, err=True)

    texts = run(write_again(tell))
    click.echo("", err=True)
    click.echo(f"索引里有 {texts} 段文字。")
