"""Find every sentence that a reader can meet, and say which of them lack a translation.

``python -m web.locale.extract`` writes ``var/heyi.pot`` and a report that can be
pasted into the catalogues; with ``--check`` it only reports, and fails on what
is missing or wrong. It needs a checkout: a wheel carries no ``babel.cfg``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from web.locale import HERE, LANGUAGES, SOURCE

ROOT: Final = Path(__file__).parents[2]
LAYERS: Final = ("community", "deliberation", "mediation")
REFUSALS: Final = ("Refused", "Hidden", "Forbidden", "MovedOn", "Unfit", "TooOften")
PLURALS: Final = {"ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TOLD: Final = {"tell": (2,), "tell_author": (2,), "Flaw": (2,)}  # the sentence stands second
KEYWORDS: Final[dict[str, Any]] = dict.fromkeys(("_", "N_", "gettext", *REFUSALS)) | PLURALS | TOLD

NAMED: Final = re.compile(r"%\((\w+)\)|(?<!\{)\{(\w+)[^{}]*\}(?!\})")

TREES: Final = (*LAYERS, "web")
SPEAKING: Final = frozenset({".py", ".html", ".txt", ".toml", ".json"})
JOINED: Final = re.compile(r'"\s*\n\s*"')

Id = str | Sequence[str]


@dataclass
class Report:
    """What is wrong with the catalogues of one language."""

    missing: dict[str, list[Id]] = field(default_factory=lambda: defaultdict(list))
    unused: list[str] = field(default_factory=list)
    clashing: list[str] = field(default_factory=list)
    mismatched: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Tell whether a reader would notice; a translation that nobody uses is only untidy."""
        return bool(self.missing or self.clashing or self.mismatched)


def translated() -> list[str]:
    """Return the languages that need catalogues: all but the one that the sentences are written in."""
    return [language for language in LANGUAGES if language != SOURCE]


def extracted(root: Path = ROOT) -> Catalog:
    """Return the template of all sentences below ``root``, each with the places where it is said."""
    template = Catalog(project="heyi", charset="utf-8")
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    for name, line, message, notes, context in extract_from_dir(root, methods, options, KEYWORDS, ["译注"]):
        template.add(message, None, [(name, line)], auto_comments=notes, context=context)
    return template


def catalogues(language: str, folder: Path = HERE) -> dict[str, Catalog]:
    """Read every catalogue of ``language`` by its file name. Raises ``PoFileError`` on one that is malformed."""
    found = {}
    for path in sorted((folder / language).glob("*.po")):
        with path.open("rb") as file:
            found[path.name] = read_po(file, locale=language, abort_invalid=True)
    return found


def room_of(path: str) -> str:
    """Return the catalogue for the sentences of a source file.

    >>> room_of("web/mediation/case/show.html"), room_of("mediation/case/workflow.py")
    ('mediation-case.po', 'mediation-case.po')
    >>> room_of("web/ui/form.html"), room_of("community/errors.py")
    ('web.po', 'community.po')
    """
    parts = path.split("/")
    if parts[0] == "web" and parts[1] in LAYERS:
        parts = parts[1:]
    return "-".join(parts[:2] if parts[0] in LAYERS and parts[2:] else parts[:1]) + ".po"


def forms(said: Id) -> tuple[str, ...]:
    """Return a message or a translation as the tuple of its plural forms."""
    return (said,) if isinstance(said, str) else tuple(said)


def names(said: Id) -> set[str]:
    """Return the placeholders of a message or a translation, over all its plural forms.

    >>> sorted(names(("%(n)s 票", "共 {all} 票，{{x}}")))
    ['all', 'n']
    """
    return {a or b for form in forms(said) for a, b in NAMED.findall(form)}


def examine(language: str, template: Catalog, folder: Path = HERE) -> Report:
    """Hold the catalogues of ``language`` in ``folder`` against what the source says."""
    report = Report()
    known: dict[tuple[str, str | None], tuple[str, tuple[str, ...]]] = {}
    for name, catalogue in catalogues(language, folder).items():
        for message in (m for m in catalogue if m.id):
            key, text = (forms(message.id)[0], message.context), forms(message.string or "")
            place, before = known.setdefault(key, (name, text))
            if before != text:
                report.clashing.append(f"{place}, {name}: {key[0]}")
            if all(text) and names(message.string or "") != names(message.id):
                report.mismatched.append(f"{name}: {key[0]}")
    used = {(forms(m.id)[0], m.context): m for m in template if m.id}
    for key, message in used.items():
        if key not in known or not all(known[key][1]):
            report.missing[room_of(message.locations[0][0])].append(message.id)
    elsewhere = literal(ROOT)
    unsaid = {key: place for key, (place, _) in known.items() if key not in used and key[0] not in elsewhere}
    report.unused = [f"{place}: {key[0]}" for key, place in unsaid.items()]
    return report


@cache
def literal(root: Path) -> str:
    """Return all that stands in the sources, with what is written over two lines joined: labels, packs, lists of days.

    A sentence that the program chooses while it runs is found here and not by its call.
    """
    found = (path for folder in TREES for path in (root / folder).rglob("*.*") if _said(path))
    read = [path.read_text(encoding="utf-8") for path in found]
    return JOINED.sub("", "\n".join(read)).replace("\\n", "\n")


def _said(path: Path) -> bool:
    return path.suffix in SPEAKING and HERE not in path.parents


def lines(report: Report) -> Iterator[str]:
    """Yield the report for a terminal: first what is wrong, then entries ready to be pasted and filled in."""
    for title, found in (("two translations", report.clashing), ("placeholders differ", report.mismatched)):
        yield from (f"{title}: {where}" for where in found)
    for name, ids in sorted(report.missing.items()):
        yield f"\n# missing in {name}"
        yield from map(entry, ids)


def entry(said: Id) -> str:
    """Return an empty catalogue entry for a message."""
    first, *others = (text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in forms(said))
    if others:
        return f'msgid "{first}"\nmsgid_plural "{others[0]}"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'msgid "{first}"\nmsgstr ""\n'


def tell(reports: Iterable[tuple[str, Report]], *, unused: bool) -> bool:
    """Print the reports and return whether any language is wrong."""
    wrong = False
    for language, report in reports:
        for line in [*lines(report), *([f"unused: {u}" for u in report.unused] if unused else [])]:
            click.echo(line)
        count = sum(map(len, report.missing.values()))
        click.echo(f"{language}: {count} missing, {len(report.clashing)} clash, {len(report.unused)} unused")
        wrong |= report.wrong
    return wrong


@click.command()
@click.option("--check", is_flag=True, help="Only report, and fail when something is missing or wrong.")
def main(*, check: bool) -> None:
    """Extract the sentences and report on every language."""
    template = extracted()
    if not check:
        target = ROOT / "var" / "heyi.pot"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_po(file, template, sort_output=True)
    wrong = tell(((language, examine(language, template)) for language in translated()), unused=not check)
    if check and wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
