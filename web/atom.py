"""Lists as Atom feeds (RFC 4287): what is new, for readers and programs, without an account and without scripts."""

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from web.page import prefs_of

ATOM: Final = "http://www.w3.org/2005/Atom"
TYPE: Final = "application/atom+xml"
MOST: Final = 50  # entries of a feed
SINCE: Final = "2026"  # the year in which the names below were first given (RFC 4151)
BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
UNPRINTABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened or stands somewhere.

    Attributes:
        key: names it for ever, ``matter-12``.
        title: one line.
        path: its page.
        updated: when what is told of it last changed.
        published: when it first could be read.
        summary: a few lines of plain text.
    """

    key: str
    title: str
    path: str
    updated: datetime
    published: datetime
    summary: str = ""


def name_of(key: str, site_url: str) -> str:
    """Return the name of ``key`` of this site, the same for ever (a tag URI, RFC 4151).

    >>> name_of("matter-12", "https://heyi.example.cn")
    'tag:heyi.example.cn,2026:matter-12'
    """
    return f"tag:{urlsplit(site_url).hostname or 'localhost'},{SINCE}:{key}"


def feed(request: Request, entries: Sequence[Entry], *, title: str, page: str) -> Response:
    """Answer with a feed of ``entries``; who has this very feed already is told so (RFC 9110 §13.1).

    ``page`` is the path of the page that shows the same list to people.
    """
    text = document(request, entries[:MOST], title=title, page=page)
    changed = max((each.updated for each in entries), default=BEGINNING)
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True),
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language, Cookie",
        "Access-Control-Allow-Origin": "*",
    }
    if _has(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=TYPE, headers=headers)


def _has(request: Request, tag: str, changed: datetime) -> bool:
    given = request.headers.get("if-none-match")
    if given is not None:
        return tag in (part.strip().removeprefix("W/") for part in given.split(","))
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return since.tzinfo is not None and changed.replace(microsecond=0) <= since


def document(request: Request, entries: Sequence[Entry], *, title: str, page: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    site, lang = request.app.state.settings.site_url, prefs_of(request).lang
    query = f"?{request.url.query}" if request.url.query else ""
    own = f"{request.url.path}{query}"
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": lang})
    _put(root, "id", name_of(own.lstrip("/"), site))
    _put(root, "title", title)
    _put(root, "updated", stamp(max((each.updated for each in entries), default=BEGINNING)))
    _put(_put(root, "author"), "name", request.app.state.site.host_name or request.app.state.site.name)
    _put(root, "link", rel="self", type=TYPE, href=site + own)
    _put(root, "link", rel="alternate", type="text/html", href=site + page)
    for each in entries:
        _entry(root, each, site)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, entry: Entry, site: str) -> None:
    node = _put(root, "entry")
    _put(node, "id", name_of(entry.key, site))
    _put(node, "title", entry.title)
    _put(node, "updated", stamp(entry.updated))
    _put(node, "published", stamp(entry.published))
    _put(node, "link", rel="alternate", type="text/html", href=site + entry.path)
    if entry.summary:
        _put(node, "summary", entry.summary)


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    node = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    node.text = UNPRINTABLE.sub("", text) or None
    return node


def stamp(at: datetime) -> str:
    """Return an instant as RFC 3339 wants it.

    >>> stamp(datetime(2026, 5, 4, 4, tzinfo=UTC))
    '2026-05-04T04:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
