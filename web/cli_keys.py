"""``heyi keys``: the certificate with which the organisation signs its papers."""

import click

from web.certificate import make


@click.group("keys")
def keys() -> None:
    """签名证书 (the signing certificate)."""


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
