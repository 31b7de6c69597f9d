"""What a mail says: a text template filled in the reader's language, its HTML made of the same words, one act per mail.

A template lies beside its room as ``mail_….txt``: the first line is the subject, blank lines part the
paragraphs. A paragraph whose last line is an address alone becomes a button, labelled by the lines above.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import jinja2

from community.notice.models import Mail
from web.community.notice.mails import VIEWS
from web.community.notice.tokens import make_token
from web.locale import LANGUAGES, SOURCE
from web.page import Site, environment

LINK: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph; with an address it is something to press."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as the reader gets it; ``unsubscribe`` is an address, or empty where one cannot."""

    subject: str
    text: str
    html: str
    unsubscribe: str
    links: tuple[str, ...]


async def write(mail: Mail, *, site: Site, site_url: str) -> Letter:
    """Return what ``mail`` says, with absolute addresses.

    Raises:
        jinja2.TemplateError: the template is missing, or lacks a fact.
    """
    lang = mail.lang if mail.lang in LANGUAGES else SOURCE
    values = await _values(mail, lang)
    unsubscribe = "" if mail.binding else f"{site_url}/unsubscribe/{await make_token(mail.person_id, mail.topic)}"
    frame = {"site": site, "site_url": site_url, "unsubscribe": unsubscribe, "link": lambda path: f"{site_url}{path}"}
    words = _environment(lang)
    subject, body = _split(words.get_template(f"{mail.template}.txt").render(**values, **frame))
    text = f"{body}\n\n{words.get_template('mail_foot.txt').render(**frame).strip()}\n"
    parts = [_part(block) for block in re.split(r"\n{2,}", body)]
    html = environment(lang).get_template("mail_layout.html").render(subject=subject, parts=parts, lang=lang, **frame)
    return Letter(subject, text, html, unsubscribe, tuple(dict.fromkeys(LINK.findall(text))))


async def subject_of(mail: Mail, *, site: Site, site_url: str) -> str:
    """Return the subject of ``mail`` alone.

    Raises:
        jinja2.TemplateError: as `write`.
    """
    lang = mail.lang if mail.lang in LANGUAGES else SOURCE
    frame = {"site": site, "site_url": site_url, "unsubscribe": "", "link": lambda path: f"{site_url}{path}"}
    words = _environment(lang).get_template(f"{mail.template}.txt")
    return _split(words.render(**await _values(mail, lang), **frame))[0]


async def _values(mail: Mail, lang: str) -> Mapping[str, object]:
    view = VIEWS.get(mail.template)
    return await view(mail, lang) if view else mail.values


@cache
def _environment(lang: str) -> jinja2.Environment:
    """Return the environment of plain text, where nothing is markup."""
    return environment(lang).overlay(autoescape=False)


def _split(rendered: str) -> tuple[str, str]:
    subject, _, body = rendered.strip().partition("\n")
    tidy = "\n".join(line.rstrip() for line in body.strip().splitlines())
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", tidy)


def _part(block: str) -> Part:
    *above, last = block.split("\n")
    if LINK.fullmatch(last.strip()):
        return Part("\n".join(above).rstrip(":： "), last.strip())
    return Part(block)
