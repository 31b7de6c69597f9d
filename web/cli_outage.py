"""``heyi outage``: what the site knows of its own outages, and writing down one that it could not notice."""

from datetime import datetime

import click

from community.errors import Refused
from community.timers.outages import listed, write_down
from web.clock import BEIJING

TIME = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


@click.group("outage")
def outage() -> None:
    """停机：列出、补记 (outages: list them, write one down)."""


@outage.command("list")
def show() -> None:
    """列出记过的停机，最近的在前 (list what was noted)."""
    from web.cli import run

    for one in run(listed(), writes=False):
        click.echo(f"{_said(one.since)} – {_said(one.until)}  {one.why or '本站自己记下'}")


@outage.command("add")
@click.option("--since", type=TIME, required=True, help="从什么时候，北京时间，2026-06-05T19:10")
@click.option("--until", type=TIME, required=True, help="到什么时候")
@click.option("--why", required=True, help="怎么知道的；公开显示，不能改")
def add(since: datetime, until: datetime, why: str) -> None:
    """补记一次本站自己看不到的停机；快截止的表决按公示的办法顺延 (write one down; it moves a close)."""
    from web.cli import clock, run

    start, end = since.replace(tzinfo=BEIJING), until.replace(tzinfo=BEIJING)
    try:
        made = run(write_down(start, end, why, at=clock().now()))
    except Refused as refused:
        raise click.ClickException(refused.reason.format(**refused.facts)) from refused
    click.secho(f"记下了第 {made.id} 号：{_said(made.since)} – {_said(made.until)}", fg="green")


def _said(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
