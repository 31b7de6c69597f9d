"""Mail: can the server be talked to?"""

import aiosmtplib

from web.doctor.finding import Finding, bad, good, warn
from web.postman import server
from web.settings import Settings


async def look(settings: Settings) -> list[Finding]:
    """Return what was found; nothing is sent."""
    if not settings.smtp:
        told = "没有设置 HEYI_SMTP"
        return [
            warn("寄信", f"{told}，信都进发件箱页。")
            if settings.development
            else bad("寄信", f"{told}，居民收不到确认信和通知。")
        ]
    try:
        async with server(settings.smtp) as line:
            await line.noop()
    except (aiosmtplib.SMTPException, OSError, ValueError, KeyError) as wrong:
        return [bad("寄信", f"连不上发信服务器：{type(wrong).__name__}。请核对 HEYI_SMTP 和防火墙。")]
    return [good("寄信", f"发信服务器 {line.hostname} 有应答，发信人 {settings.mail_from}。")]
