"""``heyi courier``: the duties without the site, for several servers that share one database."""

import asyncio
import signal
from contextlib import suppress

import click

from web.settings import Settings


@click.command()
def courier() -> None:
    """只做后台的事：到期、封链、通知、寄信，不开网站 (run the duties without serving)."""
    from web.cli import ready, settings
    from web.log import set_up
    from web.one_writer import one_writer

    chosen = settings()
    with one_writer(chosen):
        ready(chosen)
        set_up(chosen)
        asyncio.run(_attend(chosen))


async def _attend(chosen: Settings) -> None:
    """Do the duties until told to stop; what was begun is finished."""
    from web.app import create_app
    from web.courier import attend, duties
    from web.tasks import spawn

    app = create_app(chosen, courier=False)
    async with app.router.lifespan_context(app):
        work = spawn(attend(duties(app), app.state.clock), name="courier")
        loop = asyncio.get_running_loop()
        for order in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(order, work.cancel)
        click.echo("信差开始工作。", err=True)
        with suppress(asyncio.CancelledError):
            await work
        click.echo("信差做完手上的事，停了。", err=True)
