"""``heyi replay``: say a recorded dialogue again in a room of a running demo, and hold everything against the page."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from web.replay.dialogue import Dialogue
    from web.replay.talking import Report


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dialogue", "number", type=int, help="文件里第几段对话；不写就全部，一段一件案件")
@click.option("--at", "url", default="http://127.0.0.1:8000", show_default=True, help="正在运行的示范小区")
def replay(file: Path, number: int | None, url: str) -> None:
    """把一段多方调解对话经实时连接再说一遍 (replay a dialogue over live sockets).

    FILE 每行是一段对话（JSON）：id、event_type、event_description、dialog，dialog 里每句有 speaker 和 text。

    \b
    谁坐在哪里：
      speaker 写 mediator 的，是调解员 mediator@example.org；
      其他说话的人按第一次开口的次序，单数的坐申请人一边，用 resident1@example.org，
      双数的坐被申请人一边，用 resident2@example.org。
    一件案件只有这两方，所以超过两方的、单位的、多人合说的，也这样坐：这只为传话，不代表他们的立场。
    每个说话的人各用一条连接；一句话人人都收到了，下一个人才说。
    最后把每个人收到的和调解室页面上的逐字对照，不一样就以 1 退出。

    先运行 heyi demo 和 heyi serve（开发模式）。案件照章办：申请、邀请、同意、受理、选调解员，都从网页走；
    说完了，申请人停止调解，调解员结案，说过的还可以看。
    """  # noqa: D301 - \b keeps click from joining the lines
    from web.replay.dialogue import Stuck, chosen, read_dialogues
    from web.replay.play import play

    try:
        reports = asyncio.run(play(chosen(read_dialogues(file), number), url, told=_tell))
    except Stuck as why:
        raise click.ClickException(str(why)) from why
    if not all(report.faithful for report in reports):
        raise click.ClickException("收到的和页面上的不一样。")
    click.echo(f"一共 {len(reports)} 段，人人收到的和页面上的都一字不差。")


def _tell(dialogue: "Dialogue", report: "Report") -> None:
    click.echo(f"{dialogue.id} {dialogue.event_type}")
    for name, figure in report.figures:
        click.echo(f"  {name}：{figure}")
