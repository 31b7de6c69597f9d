"""People from the command line: the first administrator, and a second factor whose telephone is lost."""

from collections.abc import Awaitable
from datetime import datetime

import click

from community.errors import Refused
from community.people.factor import clear
from community.people.offices import appoint_first
from community.people.queries import by_email
from community.people.rules import tidy_email
from web.locale import SOURCE, say


async def first_administrator(name: str, email: str, *, site_url: str, at: datetime) -> str:
    """Make the first administrator and return the address where they set their password."""
    token = await appoint_first(name, email, at=at)
    return f"{site_url.rstrip('/')}/password/{token}"


async def plainly(work: Awaitable[str]) -> str:
    """Return what ``work`` returns; a refusal becomes the sentence that a terminal shows."""
    try:
        return await work
    except Refused as why:
        raise click.ClickException(say(SOURCE, why.reason, **why.facts)) from why


async def clear_factor(email: str, *, at: datetime) -> str:
    """Take the second factor of the person with an address away, and return their name."""
    person = await by_email(tidy_email(email))
    if person is None:
        raise click.ClickException("没有用这个邮箱注册的人。")
    await clear(person, by=None, at=at)
    return person.name


@click.group("person")
def people() -> None:
    """管账号 (accounts)."""


@people.command("clear-factor")
@click.argument("email")
def clear_factor_of(email: str) -> None:
    """手机丢了、备用码也没有：取消第二道验证，让本人重新设 (lost telephone and codes)."""
    from web.cli import clock, run

    name = run(plainly(clear_factor(email, at=clock().now())))
    click.echo(f"{name} 的第二道验证已取消，所有设备已退出。请当面核对是本人，再请他登录重设。")
