"""Translations: Chinese sentences are the message ids; other languages lie in one small ``.po`` per room."""

import io
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

HERE: Final = Path(__file__).parent
SOURCE: Final = "zh-CN"
LANGUAGES: Final = (SOURCE, "en")


def merged(lang: str) -> Catalog:
    """Return all ``.po`` files of ``lang`` as one catalogue."""
    whole = Catalog(locale=lang, fuzzy=False)
    for path in sorted((HERE / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    whole.add(message.id, message.string, flags=message.flags)
    return whole


@cache
def translations(lang: str) -> NullTranslations:
    """Return the translations for ``lang``: the compiled ones when there are, else compiled now."""
    if lang not in LANGUAGES or lang == SOURCE:
        return NullTranslations()
    compiled = HERE / lang / "LC_MESSAGES" / "heyi.mo"
    if compiled.exists():
        with compiled.open("rb") as file:
            return Translations(file)
    memory = io.BytesIO()
    write_mo(memory, merged(lang))
    memory.seek(0)
    return Translations(memory)


def say(lang: str, sentence: str, **facts: object) -> str:
    """Return ``sentence`` in ``lang`` with its ``{names}`` filled in."""
    text = translations(lang).gettext(sentence)
    return text.format(**facts) if facts else text
