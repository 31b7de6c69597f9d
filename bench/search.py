"""Search of two signs in 20,000 texts, beside a bare ``LIKE '%..%'`` over the same texts: ``python -m bench.search``.

The corpus is made of sentences of neighbourhood life, seeded with names from ``$HEYI_DATA/words`` and the proposals
of ``$HEYI_DATA/decide_madrid`` where that is set, so that rare and common words are both there. Both are asked the
same words in turns, three rounds, in one process; figures are milliseconds. ``--url`` takes a PostgreSQL database.
"""

import asyncio
import csv
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from tortoise.connection import get_connection

from community.record.transaction import bookkeeping
from community.search.content import Entry
from community.search.keeping import _put
from community.search.queries import Wish, search
from web.database import close_database, config, open_database
from web.db import migrate

PLACES = [
    "东门",
    "西门",
    "三号楼",
    "地下车库",
    "南侧花园",
    "幼儿园旁",
    "菜市场",
    "快递柜",
    "物业用房",
    "电梯间",
    "楼顶",
    "健身角",
]
THINGS = [
    "停车位",
    "充电棚",
    "路灯",
    "漏水",
    "垃圾桶",
    "加装电梯",
    "健身器材",
    "门禁",
    "噪声",
    "消防通道",
    "绿化",
    "水管",
    "监控",
    "晾衣架",
    "宠物",
    "公共收益",
]
DEEDS = [
    "需要维修",
    "应当公示",
    "请物业说明",
    "建议增加",
    "希望拆除",
    "可以商量",
    "不要占用",
    "费用太高",
    "半年没有人管",
    "请业委会答复",
]
NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
SHORT = 20_000
LENGTH = 150


def names() -> list[str]:
    """Return real names and sentences to mix in, when there are any."""
    folder = Path(os.environ.get("HEYI_DATA", "/nowhere"))
    found: list[str] = []
    words = folder / "words" / "historical_names_5k.txt"
    if words.exists():
        found += words.read_text(encoding="utf-8").split()
    proposals = folder / "decide_madrid" / "proposals.csv"
    if proposals.exists():
        with proposals.open(encoding="utf-8", newline="") as file:
            found += [row["title"] for row in csv.DictReader(file)]
    return found or ["王小明", "李长河", "张北山"]


def corpus(dice: random.Random, count: int) -> list[Entry]:
    """Return texts of about 150 signs, one in ten a matter."""
    mixed = names()

    def sentence() -> str:
        name = dice.choice(mixed) if dice.random() < 0.3 else f"{dice.randrange(1, 30)}号楼"
        return f"{name}{dice.choice(PLACES)}的{dice.choice(THINGS)}{dice.choice(DEEDS)}。"

    def text() -> str:
        found = ""
        while len(found) < LENGTH:
            found += sentence()
        return found

    def one(number: int) -> Entry:
        matter = number % 10 == 0
        at = NOON + timedelta(minutes=number)
        return Entry(
            kind="matter" if matter else "comment", number=number, about=f"matter-{number - number % 10}",
            community_id=1, place_path="/1/2/", state="endorsing", at=at, url="/",
            title=sentence()[:30] if matter else "",
            summary=sentence() if matter else "", body=text(),
        )  # fmt: skip

    return [one(number) for number in range(1, count + 1)]


@bookkeeping
async def plain(entries: list[Entry]) -> None:
    """Store the same texts in a table without any index, for the bare search."""
    client = get_connection("default")
    await client.execute_query(
        "CREATE TABLE bare_text (id INTEGER PRIMARY KEY, stamp BIGINT, heading TEXT, words TEXT)"
    )
    marks = "?, ?, ?, ?" if client.capabilities.dialect == "sqlite" else "$1, $2, $3, $4"
    for each in entries:
        values = [each.number, each.number, each.title, f"{each.summary}\n{each.body}"]
        await client.execute_query(f"INSERT INTO bare_text VALUES ({marks})", values)  # noqa: S608


@bookkeeping
async def store(entries: list[Entry]) -> None:
    for each in entries:
        await _put(each)


async def bare(word: str) -> int:
    """Count nothing, rank nothing: the twenty newest texts in which the word stands."""
    client = get_connection("default")
    mark = "?" if client.capabilities.dialect == "sqlite" else "$1"
    sql = f"SELECT id, heading, words FROM bare_text WHERE words LIKE {mark} ORDER BY stamp DESC LIMIT 20"  # noqa: S608
    return (await client.execute_query(sql, [f"%{word}%"]))[0]


async def found(word: str) -> int:
    """Rank, count and mark."""
    return len((await search(None, Wish(words=word))).hits)


async def timed(work: Callable[[str], Awaitable[int]], words: list[str]) -> list[float]:
    taken = []
    for word in words:
        began = time.perf_counter()
        await work(word)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


async def measure(url: str, count: int) -> bool:
    dice = random.Random(7)  # noqa: S311 - a die, not a secret
    await migrate.run(config(url))
    await open_database(url)
    try:
        entries = corpus(dice, count)
        began = time.perf_counter()
        for at in range(0, count, 200):
            await store(entries[at : at + 200])
        filled = time.perf_counter() - began
        await plain(entries)
        texts = [each.body for each in entries]
        words = [text[at : at + 2] for text in dice.sample(texts, 200) for at in [dice.randrange(len(text) - 2)]]
        words = [word for word in words if all("\u4e00" <= sign <= "\u9fff" for sign in word)]
        words += ["停车", "漏水", "物业", "电梯", "门禁", "充电"]
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(3):
            theirs += await timed(bare, words)
            ours += await timed(found, words)
        print(f"{count} texts stored in {filled:.1f} s ({filled / count * 1000:.2f} ms each), {len(words)} words of 2")
        for name, taken in (("search", ours), ("bare LIKE", theirs)):
            print(f"{name:10} median {statistics.median(taken):6.2f}  p95 {p95(taken):6.2f}  max {max(taken):6.2f} ms")
        print(f"search : bare LIKE = {statistics.median(ours) / statistics.median(theirs):.2f} (medians)")
        return p95(ours) <= 20
    finally:
        await close_database()


@click.command()
@click.option("--url", default="", help="an empty PostgreSQL database; a fresh SQLite file when left out")
@click.option("--texts", default=SHORT, show_default=True)
def main(url: str, texts: int) -> None:
    """Measure; fail when p95 is over 20 ms."""
    with tempfile.TemporaryDirectory() as folder:
        kept = asyncio.run(measure(url or f"sqlite://{folder}/heyi.db", texts))
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
