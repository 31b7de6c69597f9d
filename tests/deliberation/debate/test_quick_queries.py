"""Comments read by SQL are the comments read through Tortoise, thread by thread."""

from datetime import timedelta

from deliberation.debate.models import Comment
from deliberation.debate.queries import PAGE, threads
from deliberation.debate.quick_queries import Said, said_about
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter
from tests.deliberation.stage import body_of, proposed
from tests.world import NOON, World


async def talk(world: World, matter: Matter, heads: int) -> None:
    """Say so many things, with answers to some, some hidden, some official."""
    for n in range(heads):
        head = await said(world, matter, n, None)
        for m in range(n % 4):
            await said(world, matter, n + m, head)


async def said(world: World, matter: Matter, n: int, parent: Comment | None) -> Comment:
    return await Comment.create(
        community_id=matter.community_id,
        matter=matter,
        parent=parent,
        author=world.residents[n % 4],
        position=[*Position][n % 3],
        words=f"第 {n} 句 <b>&\n第二行",
        official=n % 7 == 0,
        at=NOON + timedelta(seconds=n, microseconds=n % 2),
        hidden_at=NOON if n % 6 == 0 else None,
        hidden_why="spam" if n % 6 == 0 else "",
    )


def shown(comment: Comment) -> Said:
    """Return what the page shows of a comment."""
    names = [name for name in Said._fields if name != "author"]
    return Said(author=comment.speaker, **{name: getattr(comment, name) for name in names})


async def test_it_says_the_same_on_every_page(world: World) -> None:
    body, _ = await body_of(world)
    matter, other = await proposed(body, world.lan), await proposed(body, world.qiang)
    await talk(world, matter, PAGE + 7)
    await talk(world, other, 3)
    before: int | None = None
    pages = 0
    while pages == 0 or before:
        plain, key = await threads(matter, before=before)
        flat = [each for thread in plain for each in (thread.head, *thread.answers)]
        assert await said_about(matter, before=before) == ([shown(each) for each in flat], key)
        before, pages = key, pages + 1
    assert pages == 2
    assert await said_about(await proposed(body, world.lan)) == ([], None)
