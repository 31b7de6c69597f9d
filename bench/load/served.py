"""The app as an operator runs it, but for a clock that was set once, to the days of the ballot."""

import base64
import hashlib
import os
import secrets
from datetime import timedelta

import click
import uvicorn

from community.record import transaction
from web.app import create_app
from web.clock import Clock
from web.log import set_up
from web.serve import limits, settled
from web.settings import load


def production() -> dict[str, str]:
    """Return the settings of a production run; the key is that under which the data was filled in."""
    key = base64.b64encode(hashlib.sha256(b"development only").digest()).decode()
    return {"HEYI_MODE": "production", "HEYI_SECRET": secrets.token_urlsafe(48), "HEYI_KEYS": f"development:{key}"}


def application() -> object:
    """Build it from the environment, with the shift that the data folder holds."""
    settings = load(os.environ)
    set_up(settings)
    shift = float((settings.folder / "clock").read_text())
    return settled(create_app(settings, clock=Clock(shift=timedelta(seconds=shift))))


@click.command()
@click.option("--port", required=True, type=int)
@click.option("--alone", is_flag=True, help="each command in a commit of its own")
def main(port: int, *, alone: bool) -> None:
    """Serve on loopback."""
    if alone:
        transaction.MOST = 1  # type: ignore[misc]
    uvicorn.run("bench.load.served:application", factory=True, host="127.0.0.1", port=port, **limits(1))


if __name__ == "__main__":
    main()
