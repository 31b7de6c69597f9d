"""The parts of a text that can be amended one by one: the three sentences and the paragraphs. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from community.errors import Unfit
from deliberation.matter.diff import aligned, paragraphs
from deliberation.matter.text import Text

SENTENCES: Final = ("what", "cost", "who")


class Worded(Protocol):
    """Anything that says what a proposal says."""

    @property
    def title(self) -> str:
        """Return the title."""
        ...

    @property
    def what(self) -> str:
        """Return the sentence that says what to do."""
        ...

    @property
    def cost(self) -> str:
        """Return the sentence that says what it costs."""
        ...

    @property
    def who(self) -> str:
        """Return the sentence that says who answers for it."""
        ...

    @property
    def body(self) -> str:
        """Return the whole."""
        ...


def words_of(version: Worded) -> Text:
    """Return the words of a stored version."""
    return Text(title=version.title, what=version.what, cost=version.cost, who=version.who, body=version.body)


def parts(text: Worded) -> dict[str, str]:
    """Return the words of each part by its key: ``what``, ``cost``, ``who``, ``p1``, ``p2`` and so on."""
    body = {f"p{n}": words for n, words in enumerate(paragraphs(text.body), 1)}
    return {**{key: getattr(text, key) for key in SENTENCES}, **body}


def put(text: Text, part: str, words: str) -> Text:
    """Return the text with new words for one part; no words strike a paragraph.

    Raises:
        Unfit: there is no such part, or it cannot be left empty.
    """
    if part in SENTENCES:
        return replace(text, **{part: words})
    body = {key: old for key, old in parts(text).items() if key not in SENTENCES}
    if part not in body:
        raise Unfit("没有这一段。请刷新后再选。", field="part")
    return replace(text, body="\n\n".join(kept for kept in {**body, part: words}.values() if kept.strip()))


def carried(old: Worded, new: Worded) -> Mapping[str, str]:
    """Return, for each part of the old text that stands unchanged in the new one, its key there."""
    kept = {key: key for key in SENTENCES if getattr(old, key) == getattr(new, key)}
    was_at = now_at = 0
    for was, now in aligned(paragraphs(old.body), paragraphs(new.body)):
        if was == now:
            kept |= {f"p{was_at + n}": f"p{now_at + n}" for n in range(1, len(was) + 1)}
        was_at, now_at = was_at + len(was), now_at + len(now)
    return kept
