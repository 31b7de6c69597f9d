"""A room with two rows of talk, served for a browser: answers frames as a room does, and remembers what it was told."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.web.stage import STATIC, environment, frame

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
PAGE = """{% extends "layout.html" %}
{% block head %}<script src="/static/room.js" defer></script>{% endblock %}
{% block main %}<h1>说话</h1>
<section {{ ui.room("/live", after) }}>
<div data-quiet>{% if paused %}<p data-left="0">{{ paused }}</p>{% endif %}</div>
{% call ui.log("对话") %}
{% for seq in range(1, after + 1) %}<li data-seq="{{ seq }}">第{{ seq }}句</li>{% endfor %}
{% endcall %}
{{ ui.newer() }}
<form method="post" action="/" data-composer>{{ ui.hidden("client_id", "") }}{{ ui.talk_state() }}
{{ ui.textarea("text", "写给大家") }}{{ ui.button("发给双方") }}</form></section>{% endblock %}"""


class Talk:
    """What the room was told, and how it is to answer.

    Attributes:
        frames: every frame that came in, in order.
        posted: every plain form that came in.
        deaf: takes words without acknowledging them.
        shut: refuses every connection, as a strict proxy does.
        paused: what the page tells its reader of a pause that is all but over.
        ends: close codes of the next connections, each as soon as it is made.
    """

    def __init__(self) -> None:
        self.frames: list[dict[str, object]] = []
        self.posted: list[dict[str, object]] = []
        self.deaf = False
        self.shut = False
        self.paused = ""
        self.ends: list[int] = []
        self.seq = 2
        self.opened = 0
        self.sockets: list[WebSocket] = []

    async def page(self, request: Request) -> Response:
        """Show the room, after taking a plain form."""
        if request.method == "POST":
            self.posted.append(dict(await request.form()))
        html = environment().from_string(PAGE).render(**frame(after=self.seq, paused=self.paused))
        return HTMLResponse(html, headers={"content-security-policy": POLICY})

    async def live(self, socket: WebSocket) -> None:
        """Listen until the other end hangs up."""
        if self.shut:
            await socket.close()
            return
        await socket.accept()
        self.opened += 1
        if self.ends:
            await socket.close(self.ends.pop(0))
            return
        self.sockets.append(socket)
        with suppress(WebSocketDisconnect):
            while True:
                said = await socket.receive_json()
                self.frames.append(said)
                if said["type"] == "send" and not self.deaf:
                    await self.answer(socket, said)

    async def answer(self, socket: WebSocket, said: dict[str, object]) -> None:
        """Acknowledge what was said and show it, or refuse rude words."""
        if said["text"] == "骂人":
            await socket.send_json({"type": "error", "client_id": said["client_id"], "reason": "请换一种说法。"})
            return
        self.seq += 1
        await socket.send_json({"type": "ack", "client_id": said["client_id"], "seq": self.seq})
        html = f'<li data-seq="{self.seq}">{said["text"]}</li>'
        await socket.send_json({"type": "message", "seq": self.seq, "html": html, "client_id": said["client_id"]})

    def told(self, kind: str) -> list[dict[str, object]]:
        """Return the frames of one kind."""
        return [one for one in self.frames if one["type"] == kind]

    async def until(self, fact: Callable[[], object]) -> None:
        """Wait until something is so, at most five seconds."""
        async with asyncio.timeout(20):
            while not fact():  # noqa: ASYNC110 - what is awaited happens in a browser
                await asyncio.sleep(0.02)

    def app(self) -> Starlette:
        """Return the application that serves the room."""
        return Starlette(
            routes=[
                Route("/", self.page, methods=["GET", "POST"]),
                WebSocketRoute("/live", self.live),
                Mount("/static", StaticFiles(directory=STATIC)),
            ]
        )
