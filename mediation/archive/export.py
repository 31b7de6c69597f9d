"""Handing a dossier out as one file: its papers, what they are, and a list of hashes that the record knows.

Each paper lies in it as the very bytes whose hash was bound, so that a stranger confirms the file from itself alone.
Source: 档案法 37–39 (来源可靠、程序规范、要素合规); 司发通〔2010〕239号 (封面、目录、正文、备考表、封底).
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from community.calendar.rules import local_day
from community.errors import Hidden
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.archive.contents import contents_of
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.archive.queries import dossier_words
from mediation.archive.reading import TERMS, TITLES, Names, lines_of
from mediation.archive.rules import LONG, Leaf, Retention, leaf_text, missing
from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.keys import destroyed, opened
from mediation.case.models import Assignment, Case, Party, Side
from mediation.case.queries import HIDDEN, visible_case

FORM: Final = "heyi.dossier.1"
BODY: Final = "dossier.pdf"
LIST: Final = "manifest.json"
WHOLE: Final = (Thing.INDEX, Thing.NAMES, Thing.IDENTITY, Thing.STATEMENT, Thing.MINUTES, Thing.AGREEMENT)
"""What somebody must be able to read to be handed the whole dossier."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a dossier: its place, its kind, the bytes that were bound, and the same in sentences.

    ``bound`` is the hash it was bound with; ``same`` says that it still has it.
    """

    row: int
    leaf: Leaf
    n: int
    bound: str
    text: str
    lines: list[str]

    @property
    def title(self) -> str:
        """Return what the index calls it."""
        return TITLES[self.leaf]

    @property
    def file(self) -> str:
        """Return its name in the export."""
        return f"papers/{self.row:02d}-{self.leaf}.json"

    @property
    def same(self) -> bool:
        """Return whether it still says what was bound."""
        return hashlib.sha256(self.text.encode()).hexdigest() == self.bound


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier laid open to be handed out."""

    case: Case
    bound: CaseDossier
    papers: list[Paper]
    title: str
    mediator: str
    keeper: str
    lacks: tuple[Leaf, ...]
    words: str

    @property
    def long(self) -> bool:
        """Return whether it takes long enough to be made out of the way of the pages."""
        return sum(len(line) for paper in self.papers for line in paper.lines) > LONG

    @property
    def changed(self) -> list[Paper]:
        """Return the papers that no longer say what was bound, for example because a wish of deletion was met."""
        return [each for each in self.papers if not each.same]


@dataclass(frozen=True, slots=True)
class Parcel:
    """An export: the bytes of the ZIP file, and the hash of its list, which goes into the record."""

    content: bytes
    manifest: str


def may_take(seats: frozenset[Seat], case: Case) -> bool:
    """Return whether somebody in these seats may be handed the whole dossier, while there is one."""
    return not destroyed(case) and all(letter(seats, each, case.state) is Grade.WHOLE for each in WHOLE)


async def to_export(person: Person, code: str, *, at: datetime) -> tuple[Opened, frozenset[Seat]]:
    """Return a dossier laid open for whoever keeps the shelf; to anybody else it is not there (`Hidden`)."""
    case, seats = await visible_case(person, code, at=at)
    bound = await CaseDossier.get_or_none(case_id=case.id).select_related("by")
    if bound is None or not may_take(seats, case):
        raise Hidden(HIDDEN)
    return await _opened(case, bound), seats


async def _opened(case: Case, bound: CaseDossier) -> Opened:
    rows = await DossierLeaf.filter(dossier_id=bound.id).order_by("row")
    texts = {leaf: leaf_text(content) for leaf, content in (await contents_of(case)).items()}
    parties = await Party.filter(case_id=case.id).order_by("side", "ordinal")
    people = dict(await Person.all().filter(id__in=_named(texts)).values_list("id", "name"))
    called = [(each, f"{each.sign} {opened(each, 'name')}") for each in parties]
    names = Names(people, {each.id: name for each, name in called}, {each.code: name for each, name in called})
    papers = [_paper(row, texts.get(row.leaf, "[]"), names) for row in rows]
    led = await Assignment.filter(case_id=case.id).order_by("-id").select_related("mediator").first()
    lacks = missing(case.state, case.outcome, {row.leaf for row in rows})
    mediator = led.mediator.name if led else ""
    return Opened(case, bound, papers, _title(parties), mediator, bound.by.name, lacks, dossier_words(case, bound))


def _paper(row: DossierLeaf, text: str, names: Names) -> Paper:
    return Paper(row.row, row.leaf, row.n, row.sha256, text, lines_of(row.leaf, text, names) if text != "[]" else [])


def _named(texts: Mapping[Leaf, str]) -> list[int]:
    """Return the numbers of everybody whom a paper names by number."""
    found: set[int] = set()
    for text in texts.values():
        json.loads(text, object_hook=lambda row: found.update(_people(row)))
    found.update(row[2] for row in json.loads(texts.get(Leaf.NOTES, "[]")))
    return sorted(found)


def _people(row: Mapping[str, Any]) -> list[int]:
    named = (row.get(each) for each in ("actor_id", "signer_id", "custodian_id", "confirmed_by_id", "by_id"))
    return [each for each in named if isinstance(each, int)]


def _title(parties: list[Party]) -> str:
    sides = [
        [opened(each, "name") for each in parties if each.side is side] for side in (Side.APPLICANT, Side.RESPONDENT)
    ]
    return "与".join("、".join(names) for names in sides if names) + "纠纷"


def metadata(found: Opened) -> dict[str, Any]:
    """Return what an archive asks about a dossier: its maker, activity, times, terms and papers."""
    bound, case = found.bound, found.case
    return {
        "form": FORM,
        "number": bound.number,
        "title": found.title,
        "org": case.org.name,
        "case": case.code,
        "mediator": found.mediator,
        "archived_by": found.keeper,
        "archived_at": bound.at.isoformat(),
        "from": local_day(case.filed_at).isoformat(),
        "to": local_day(case.closed_at or bound.at).isoformat(),
        "outcome": case.outcome or "",
        "retention": TERMS[Retention(bound.retention)],
        "kept_until": bound.kept_until.isoformat() if bound.kept_until else "",
        "statement": found.words,
        "lacks": [TITLES[each] for each in found.lacks],
        "changed": [each.title for each in found.changed],
        "chain": {"before": bound.before, "manifest": bound.manifest, "link": bound.link},
        "papers": [
            {
                "row": each.row,
                "leaf": each.leaf,
                "title": each.title,
                "n": each.n,
                "sha256": each.bound,
                "file": each.file,
            }
            for each in found.papers
        ],
    }


def packed(found: Opened, pdf: bytes) -> Parcel:
    """Return the export of a dossier: the same bytes for the same dossier. It blocks; call it in a thread."""
    told = metadata(found)
    files = {BODY: pdf, "metadata.json": as_json(told), "metadata.xml": as_xml(told)}
    files |= {each.file: each.text.encode() for each in found.papers}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    chain = {"form": FORM, "number": told["number"], "chain": told["chain"]}
    listed = as_json({**chain, "files": hashes})
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {LIST: listed, **files}.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return Parcel(held.getvalue(), hashlib.sha256(listed).hexdigest())


@command
async def note_export(found: Opened, parcel: Parcel, *, by: Person, at: datetime) -> None:
    """Put on record that a dossier was handed out, with the hash of its list."""
    bound = found.bound
    facts: dict[str, Any] = {"number": bound.number, "manifest": parcel.manifest, "link": bound.link}
    await record("dossier.export", f"dossier-{bound.id}", by=by, at=at, community_id=bound.community_id, **facts)


def as_json(value: object) -> bytes:
    """Return a value as JSON that is the same each time."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def as_xml(told: Mapping[str, Any]) -> bytes:
    """Return what is told of a dossier as XML."""
    root = ET.Element("dossier")
    _put(root, told)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _put(parent: ET.Element, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            inside = ET.SubElement(parent, name)
            if isinstance(each, Mapping):
                _put(inside, each)
            else:
                inside.text = str(each)
