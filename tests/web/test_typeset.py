"""Typesetting is done in threads of its own: the loop that answers pages goes on meanwhile."""

import asyncio
import threading
from datetime import date
from typing import Any

import pytest
import typst

from web.paper import qr
from web.typeset import filled
from web.typeset.filled import Paper, typed, written
from web.typeset.sheet import Sheet, pdf

LINES = [f"{n}. 双方在调解员主持下核对了漏水的位置、修理的费用和以后怎样检修，各自说了意见。" for n in range(400)]
TURNS = 5  # turns of the loop while one sheet is made, at the least


async def test_the_loop_never_typesets_and_goes_on_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, made = threading.get_ident(), filled.docx
    compile_: Any = typst.compile
    where, turns, passed = list[int](), 0, list[int]()

    def compiling(*args: object, **more: object) -> object:
        where.append(threading.get_ident())
        before = turns
        done = compile_(*args, **more)
        passed.append(turns - before)
        return done

    def writing(paper: Paper) -> bytes:
        where.append(threading.get_ident())
        return made(paper)

    monkeypatch.setattr(typst, "compile", compiling)
    monkeypatch.setattr(filled, "docx", writing)
    address = "https://heyi.example"
    told = {"head": "调委会", "title": "协议书", "on": date(2026, 5, 4), "qr": qr(address), "address": address}
    sheet = Sheet(**told, scan="扫码", sign=("",), notes=LINES)  # type: ignore[arg-type]
    paper = Paper(title="笔录", lines=[("记录", 1, "\n".join(LINES))])
    work = asyncio.gather(pdf(sheet), typed(paper), written(paper))
    while not work.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert all(content.startswith((b"%PDF", b"PK")) for content in await work)
    assert len(where) == 3
    assert mine not in where, "never in the thread of the loop"
    assert max(passed) >= TURNS, "the compiler lets go of the interpreter"
