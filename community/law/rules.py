"""What a pack of rules is, and what must hold in one for it to be used at all. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

Table: TypeAlias = Mapping[str, object]
NATION: Final = "CN"


class Confidence(StrEnum):
    """How a text was obtained."""

    READ = "read"  # 读自法规文本
    SECOND_HAND = "2nd"  # 间接来源
    MEMORY = "mem"  # 凭记忆


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A law, an interpretation or a regulation, as it stood from one day to another."""

    id: str
    title: str
    effective_from: date
    effective_to: date | None = None
    jurisdiction: str = NATION
    confidence: Confidence = Confidence.READ
    note: str = ""

    def in_force(self, on: date) -> bool:
        """Return whether it holds on that day, both ends included."""
        return self.effective_from <= on <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a statute.

    >>> Citation.read("civil-code:278")
    Citation(statute='civil-code', article='278')
    """

    statute: str
    article: str

    @classmethod
    def read(cls, text: str) -> "Citation":
        """Return the citation written as ``statute:article``; raises ``ValueError`` when it is written otherwise."""
        statute, sign, article = text.partition(":")
        if not (statute and sign and article):
            raise ValueError(f"a citation is written statute:article, not {text!r}")
        return cls(statute, article)


@dataclass(frozen=True, slots=True)
class Pack:
    """One file: what it is called, where it holds, its statutes, its rules and how votes under them are held.

    Rules and conducts are tables with their citations; the domain that knows what they say reads them.
    """

    id: str
    title: str
    jurisdiction: str
    statutes: tuple[Statute, ...]
    rules: tuple[Table, ...]
    conducts: tuple[Table, ...] = ()
    sha256: str = ""

    def citations(self, rule: Table) -> tuple[Citation, ...]:
        """Return what a rule of this pack cites."""
        return cited(rule)


def cited(rule: Table) -> tuple[Citation, ...]:
    """Return the citations of a rule's table."""
    found = rule.get("cites", ())
    return tuple(Citation.read(str(each)) for each in found) if isinstance(found, Sequence) else ()


def pack_from(tables: Table, *, sha256: str = "") -> Pack:
    """Read the tables of one file.

    Raises:
        ValueError: a part is missing, a key is unknown, or a date is none.
    """
    if unknown := tables.keys() - {"pack", "statute", "rule", "conduct"}:
        raise ValueError(f"unknown tables in a pack: {sorted(unknown)}")
    head = tables.get("pack")
    if not isinstance(head, Mapping) or head.keys() != {"id", "title", "jurisdiction"}:
        raise ValueError("a pack begins with [pack]: id, title, jurisdiction")
    statutes = tuple(_statute(each) for each in _list(tables, "statute"))
    rules, conducts = tuple(_list(tables, "rule")), tuple(_list(tables, "conduct"))
    return Pack(str(head["id"]), str(head["title"]), str(head["jurisdiction"]), statutes, rules, conducts, sha256)


def _list(tables: Table, key: str) -> list[Table]:
    found = tables.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise ValueError(f"[[{key}]] is a list of tables")
    return found


def _statute(table: Table) -> Statute:
    values = {**table, "confidence": Confidence(str(table.get("confidence", Confidence.READ)))}
    try:
        statute = Statute(**values)  # type: ignore[arg-type]  # checked by the constructor and below
    except TypeError as problem:
        raise ValueError(f"statute {table.get('id')}: {problem}") from problem
    dates = (statute.effective_from, statute.effective_to or statute.effective_from)
    if not all(isinstance(each, date) for each in dates):
        raise ValueError(f"statute {statute.id}: its days are written as 2026-01-01")
    return statute


class Fault(StrEnum):
    """What is wrong with the citations of packs; the sentence is the message id."""

    NO_CITATION = "规则没有写明依据哪一条。"
    UNKNOWN_STATUTE = "规则引用了规则包里没有的法规：{detail}"
    STATUTE_EXPIRED = "规则还在施行，引用的法规已经失效：{detail}"
    STATUTE_UNSURE = "引用的法规没有读到文本：{detail}"
    TWICE = "法规的编号重复：{detail}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One fault of one rule or statute."""

    about: str
    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        return self.fault.value.format(detail=self.detail)


def faults(packs: Iterable[Pack], on: date) -> tuple[Remark, ...]:
    """Return what is wrong with what the packs cite on that day."""
    everything = list(packs)
    known = {statute.id: statute for pack in everything for statute in pack.statutes}
    names = [statute.id for pack in everything for statute in pack.statutes]
    twice = [Remark(name, Fault.TWICE, name) for name in sorted({name for name in names if names.count(name) > 1})]
    return (
        *twice,
        *(
            remark
            for pack in everything
            for table in (*pack.rules, *pack.conducts)
            for remark in _of_rule(table, known, on)
        ),
    )


def _of_rule(rule: Table, known: Mapping[str, Statute], on: date) -> Iterator[Remark]:
    name, citations = str(rule.get("id")), cited(rule)
    if not citations:
        yield Remark(name, Fault.NO_CITATION)
    for statute_id in sorted({citation.statute for citation in citations}):
        statute = known.get(statute_id)
        if statute is None:
            yield Remark(name, Fault.UNKNOWN_STATUTE, statute_id)
        elif not statute.in_force(on) and _holds(rule, on):
            yield Remark(name, Fault.STATUTE_EXPIRED, statute.title)
        elif statute.confidence is not Confidence.READ and not rule.get("changeable") and _holds(rule, on):
            yield Remark(name, Fault.STATUTE_UNSURE, statute.title)


def _holds(rule: Table, on: date) -> bool:
    since, until = rule.get("effective_from"), rule.get("effective_to")
    return isinstance(since, date) and since <= on and (not isinstance(until, date) or on <= until)
