"""文件：上传的限额、按内容辨认类型、照片去掉定位信息、校验码、存放和取用。

Uploads: limits while they stream, the type told by content and never by name, photographs re-encoded without
their location, checksums, storage behind two methods. Legal basis: 个人信息保护法 art. 6 (no more than needed);
RFC 6266 (names), OWASP File Upload cheat sheet.
Read first: ``rules.py`` (what is taken), ``intake.py`` (how), ``commands.py``.
"""
