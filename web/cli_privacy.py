"""``heyi privacy``: what this installation keeps about people."""

import click


@click.group("privacy")
def privacy() -> None:
    """个人信息：清单 (personal data: the inventory)."""


@privacy.command("inventory")
def inventory() -> None:
    """写出个人信息清单：哪一栏，为什么，依据，存多久，谁看，用哪把钥匙锁 (the inventory, as Markdown)."""
    from web.inventory import faults, sheet

    for fault in faults():
        click.secho(fault, fg="red", err=True)
    if faults():
        raise SystemExit(1)
    click.echo(sheet(), nl=False)
