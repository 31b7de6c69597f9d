"""What a room is held against: the loop in C, built here, and a uvicorn that does nothing but accept sockets."""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from starlette.types import Receive, Scope, Send

from bench.load.measure import Side


def built(name: str, folder: Path) -> Path:
    """Build a program, ``loop`` or ``ears``. Raises when there is no C compiler."""
    program, source = folder / name, Path(__file__).with_name(f"{name}.c")
    words = ["cc", "-O2", "-o", str(program), str(source)]
    subprocess.run(words, check=True)  # noqa: S603 - our own words
    return program


@contextmanager
def loop(program: Path, folder: Path, frame: str) -> Generator[Side]:
    """Run the loop, which sends ``frame`` with the words where it says ``%s``."""
    (folder / "frame").write_text(frame, encoding="utf-8")
    words = [str(program), str(folder / "frame"), str(folder / "said")]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own program
        assert process.stdout
        try:
            yield Side(int(process.stdout.readline()), process.pid)
        finally:
            process.kill()


async def accepting(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept a socket and wait for its end, as an ASGI application without a lifespan."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await receive()
