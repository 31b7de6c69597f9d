"""``heyi keys``: the signing certificate; keys around the data, wrapping it anew, destroying what one case told."""

import base64
from datetime import datetime
from typing import TYPE_CHECKING

import click

from community.errors import Refused
from web.certificate import make

if TYPE_CHECKING:
    from community.people.models import Person


@click.group("keys")
def keys() -> None:
    """钥匙：签名证书；看、换、销毁数据的钥匙 (keys: certificate, show, change, destroy)."""


@keys.command("certificate")
@click.option("--name", prompt="证书写的单位名称", help="写在证书里的单位名称 (the organisation)")
def certificate(name: str) -> None:
    """自己做一张签名证书，只有您能读 (make a certificate of one's own)."""
    from web.cli import clock, settings

    try:
        path, mark = make(settings().folder, name.strip(), at=clock().now())
    except FileExistsError as why:
        raise click.ClickException(f"已经有一张证书了：{why.filename}。要换，请先把旧的移走保存好。") from why
    click.echo(f"证书在 {path}，只有您自己能读。请设 HEYI_SIGN={path}，以后出的 PDF 就带签名。")
    click.echo(f"证书指纹 SHA-256 {mark}\n请把指纹贴在窗口，收到文件的人照它核对。")


@keys.command("list")
def show() -> None:
    """列出每把钥匙锁着多少把数据钥匙 (how many data keys each key is around)."""
    from community.privacy import vault
    from mediation.archive.rotating import wrapped
    from web.cli import run, settings
    from web.settings import ring_of

    vault.install(ring_of(settings()))
    for name, count in sorted(run(wrapped(), writes=False).items()):
        click.echo(f"{name}  {count}{'  现用' if name == vault.wrapping() else ''}")


@keys.command("new")
@click.argument("name")
def new(name: str) -> None:
    """写出一把新钥匙，请放到 HEYI_WRAP_KEYS 的最前面 (a fresh key, to be put first)."""
    from community.privacy.vault import new_key

    click.echo(f"{name}:{base64.b64encode(new_key()).decode()}")
    click.echo("放到 HEYI_WRAP_KEYS 最前面，后面留着原来的，重启，再运行 heyi keys rotate。", err=True)


@keys.command("rotate")
def rotate() -> None:
    """把所有数据钥匙改用现用的钥匙锁；断了可以接着做 (wrap all data keys anew; it can be cut off and goes on)."""
    from community.privacy.vault import Tampered
    from mediation.archive import rotating
    from web.cli import clock, run

    try:
        count = run(rotating.rotate(at=clock().now()))
    except Tampered as wrong:
        raise click.ClickException(f"{wrong} 用的钥匙不在钥匙串上，请把它加回 HEYI_WRAP_KEYS 或 HEYI_KEYS。") from wrong
    click.secho(f"换好了 {count} 把。旧钥匙可以拿掉：拿掉以后，以前的备份里销毁过的就再也打不开了。", fg="green")
    click.echo("拿掉以前，请先做一份新的备份：旧备份离了旧钥匙，里面的纠纷都打不开。")


@keys.command("erase")
@click.argument("code")
@click.option("--archivist", prompt="档案员的邮箱", help="档案员的邮箱 (the archivist)")
@click.option("--archivist-password", prompt="档案员的密码", hide_input=True, help="不写就问 (asked for if not given)")
@click.option("--director", prompt="主任的邮箱", help="主任的邮箱 (who directs the body)")
@click.option("--director-password", prompt="主任的密码", hide_input=True, help="不写就问 (asked for if not given)")
@click.option(
    "--archivist-code", prompt="档案员手机上的验证码（没设的回车）", default="", show_default=False, help="第二道验证"
)
@click.option(
    "--director-code", prompt="主任手机上的验证码（没设的回车）", default="", show_default=False, help="第二道验证"
)
@click.confirmation_option(prompt="销毁以后谁也恢复不了。确定吗？")
def erase(code: str, **shown: str) -> None:
    """保管期限到了，档案员和主任两个人一起销毁一件纠纷 (destroy a case whose term has passed; two people)."""
    from web.cli import clock, run

    try:
        two = [(shown[who], shown[f"{who}_password"], shown[f"{who}_code"]) for who in ("archivist", "director")]
        lines = run(_erase(code, two, at=clock().now()))
    except Refused as refused:
        raise click.ClickException(refused.reason.format(**refused.facts)) from refused
    click.secho(f"销毁了：这件纠纷里写下的每句话，和调解室里说过的 {lines} 句话。", fg="green")
    click.echo("以前的备份里还有。换一次钥匙、拿掉旧的以后，那里的也打不开了：heyi keys rotate。")


async def _erase(code: str, two: list[tuple[str, str, str]], *, at: datetime) -> int:
    from mediation.archive.erasing import erase

    by, second = [await _proved(*each, at=at) for each in two]
    return await erase(code, by=by, second=second, at=at)


async def _proved(email: str, password: str, digits: str, *, at: datetime) -> "Person":
    """Return who showed a password and, where one is set up, the second factor; a code is good once."""
    from community.people.factor import asked_again
    from community.people.signin import by_password

    person = await by_password(email, password, host="console", at=at)
    if person.totp_secret:
        await asked_again(person, digits, host="console", at=at)
    return person
