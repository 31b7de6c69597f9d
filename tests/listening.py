"""A server on this machine that answers as it is told and keeps what came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def receiver(answers: list[int]) -> AsyncIterator[tuple[str, list[tuple[dict[str, str], str]]]]:
    """Listen on this machine, answer with ``answers`` in turn, and keep what came."""
    came: list[tuple[dict[str, str], str]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in head)}
        came.append((headers, (await reader.readexactly(int(headers["content-length"]))).decode()))
        writer.write(f"HTTP/1.1 {answers[len(came) - 1]} x\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/heyi", came
