"""``heyi demo``: load the made-up neighbourhood, once."""

import hashlib
from datetime import datetime
from pathlib import Path

import click

NAMES = (
    ("居民", "resident1@example.org … resident6@example.org"),
    ("居委会", "clerk@example.org"),
    ("社区党组织", "moderator@example.org"),
    ("街道党工委", "moderator2@example.org"),
    ("监督委员会", "supervisor@example.org"),
    ("受理员", "intake@example.org"),
    ("调委会主任", "director@example.org"),
    ("调解员", "mediator@example.org"),
    ("系统管理员", "admin@example.org"),
)


@click.command()
@click.option("--quiet", is_flag=True, help="不打印登录账号")
def demo(*, quiet: bool) -> None:
    r"""载入虚构的示范小区；已经有了就什么也不做 (load the demo community, once).

    载入以后还可以放进真的数据，各命令加 --help 看文件要什么样：

    \b
      heyi import divisions 区划.csv --province 江苏省   一个省的区划
      heyi import proposals 提议.csv --comments 讨论.csv --community 编码   旧提议和讨论
      heyi import cases 纠纷.jsonl --community 编码 --by 受理员   纠纷登记
      heyi replay 对话.jsonl   运行 heyi serve 以后，把一段调解对话再说一遍
    """
    from web.cli import clock, run, settings

    made = run(_load(clock().now(), settings().folder / "files"))
    click.echo("示范小区已载入。" if made else "示范小区已经在了。")
    if not quiet:
        show_sign_ins(settings().site_url)


def show_sign_ins(site: str) -> None:
    """Print what to open and as whom."""
    from web.demo.people import PASSWORD

    click.echo(f"\n打开 {site} ，用下面的邮箱登录，密码都是 {PASSWORD}")
    for who, email in NAMES:
        click.echo(f"  {who:　<6} {email}")
    click.echo(f"工作人员还要一次性验证码：打开 {site}/outbox 看。发出的信也在那里。\n")


async def _load(now: datetime, folder: Path) -> bool:
    from web.demo.people import demo_community

    if await demo_community():
        return False
    await build(now, folder)
    return True


async def build(now: datetime, folder: Path) -> None:
    """Build everything, by commands only; pictures and archived files go into ``folder``, as the site keeps them."""
    from community.files.storage import Disk
    from community.places.enrolling import enrol
    from community.places.planting import plant
    from community.places.roll import parse_roll
    from community.places.sheet import read_sheet
    from community.places.tree import parse_places
    from web.demo import cases, matters, meetings, moderating, people, town
    from web.demo.story import Story

    story = Story.beginning(now, click.echo)
    tree, roll = town.tree_file().encode(), town.roll_file().encode()
    await plant(parse_places(read_sheet(tree)), sha256=_sha(tree), by=None, at=story.at)
    community = await people.demo_community()
    if community is None:
        raise RuntimeError("the demo community was not planted")
    counts = await enrol(parse_roll(read_sheet(roll)), community, sha256=_sha(roll), by=None, at=story.at)
    story.say(f"  名册：{counts}")
    settled = await people.settle(story, community)
    story.say("  组织、任职和账号已就绪")
    council = await matters.convene(story, settled)
    await matters.play(story, council, Disk(folder))
    story.say("  议事和表决已就绪")
    await cases.play(Story.beginning(now, click.echo), settled, Disk(folder))
    story.say("  调解案件已就绪")
    await story.play(now)
    await moderating.four_eyes(settled, at=now)
    await meetings.play(now, council)
    story.say("  会议已就绪")


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
