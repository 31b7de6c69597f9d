"""The Pabulib file format (.pb): META, PROJECTS and VOTES, semicolons between, one line each.

Source: D. Faliszewski and others, "Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023, section 3.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from community.errors import Unfit
from deliberation.budget.rules import Ballot, Kind, Project, Round, gathered

SECTIONS: Final = ("META", "PROJECTS", "VOTES")
MOST: Final = 64 * 1024 * 1024  # bytes of a file; 54,000 voters take about 2 MiB

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: what it says of itself, its round, and whether the city funded a project, where it says so."""

    meta: Mapping[str, str]
    round: Round
    funded: frozenset[str] | None = None
    told: Mapping[str, int] = field(default_factory=dict)


def parse(text: str) -> Sheet:
    """Read a file.

    Raises:
        Unfit: a section or column is missing, a number is none, a vote names no project; the line is named.
    """
    sections = _sections(text)
    meta = {row["key"].strip(): row["value"].strip() for _, row in _rows(sections, "META", ("key", "value"))}
    projects = [(n, row) for n, row in _rows(sections, "PROJECTS", ("project_id", "cost"))]
    kind = _kind(meta)
    known = tuple(
        Project(row["project_id"], _whole(row["cost"], n, "cost"), row.get("name", "")) for n, row in projects
    )
    names = {project.key for project in known}
    if len(names) != len(known):
        raise Unfit("PROJECTS 里有两个项目的编号一样。", field="file")
    longest = _whole(meta["max_length"], 0, "max_length") if "max_length" in meta else len(known)
    votes = (_points(row, n, kind, names, longest) for n, row in _rows(sections, "VOTES", ("vote",)))
    budget = _whole(meta.get("budget", ""), 0, "budget")
    return Sheet(meta, Round(budget, known, gathered(votes), kind), _funded(projects), _told(projects))


def format_sheet(round_: Round, *, meta: Mapping[str, str]) -> str:
    """Write a round as a file; voters are numbered, nothing else is said of them."""
    votes, scores = round_.votes(), round_.scores()
    facts = {
        **meta,
        "num_projects": str(len(round_.projects)),
        "num_votes": str(round_.voters),
        "budget": str(round_.budget),
        "vote_type": _named(round_.kind),
    }
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
    write(["META"])
    write(["key", "value"])
    for pair in facts.items():
        write(pair)
    write(["PROJECTS"])
    write(["project_id", "cost", "votes", "score", "name"])
    for each in round_.projects:
        write([each.key, each.cost, votes[each.key], scores[each.key], each.name])
    write(["VOTES"])
    write(["voter_id", "vote", *(["points"] if round_.kind is Kind.POINTS else [])])
    for number, ballot in enumerate(_one_by_one(round_.ballots), 1):
        keys = (
            sorted(ballot.points, key=lambda key: -ballot.points[key]) if round_.kind is Kind.RANKED else ballot.points
        )
        points = [",".join(str(ballot.points[key]) for key in keys)] if round_.kind is Kind.POINTS else []
        write([number, ",".join(keys), *points])
    return out.getvalue()


def _one_by_one(ballots: Iterable[Ballot]) -> Iterator[Ballot]:
    for ballot in ballots:
        for _ in range(ballot.count):
            yield ballot


def _named(kind: Kind) -> str:
    """Return the word of the format; what was chosen within the sum is an approval there."""
    return Kind.APPROVAL if kind is Kind.KNAPSACK else kind


def _sections(text: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the lines of each section with their numbers."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] | None = None
    for number, row in enumerate(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"), 1):
        word = row[0].strip() if len(row) == 1 else ""
        if word.upper() in SECTIONS:
            current = found.setdefault(word.upper(), [])
        elif row and current is not None:
            current.append((number, row))
    for name in SECTIONS:
        if not found.get(name):
            raise Unfit("文件里没有 {name} 这一段，请确认它是 Pabulib 格式（.pb）。", field="file", name=name)
    return found


def _rows(
    sections: Mapping[str, list[tuple[int, list[str]]]], name: str, needed: Iterable[str]
) -> Iterator[tuple[int, Row]]:
    """Return the rows of a section by the names of its first line."""
    (_, head), *lines = sections[name]
    names = [each.strip() for each in head]
    for column in needed:
        if column not in names:
            raise Unfit("{name} 里缺少 {column} 这一列。", field="file", name=name, column=column)
    for number, line in lines:
        yield number, dict(zip(names, line, strict=False))


def _kind(meta: Mapping[str, str]) -> Kind:
    word = meta.get("vote_type", "")
    if word not in (Kind.APPROVAL, Kind.POINTS, Kind.RANKED):
        raise Unfit(
            "不认识的投票方式：{word}。可以是 approval、cumulative、ordinal。", field="file", word=word or "（空）"
        )
    return Kind(word)


def _whole(text: str, line: int, column: str) -> int:
    """Return a whole number; a decimal that is whole, as ``1000.0``, counts as one."""
    whole, _, rest = text.strip().partition(".")
    if not whole.isdigit() or rest.strip("0"):
        raise Unfit("第 {line} 行的 {column} 不是整数：{text}", field="file", line=line, column=column, text=text[:40])
    return int(whole)


def _points(row: Row, line: int, kind: Kind, names: set[str], longest: int) -> Mapping[str, int]:
    keys = [key.strip() for key in row["vote"].split(",") if key.strip()]
    for key in keys:
        if key not in names:
            raise Unfit("第 {line} 行投给了不存在的项目 {key}。", field="file", line=line, key=key[:40])
    if kind is Kind.POINTS:
        points = [_whole(each, line, "points") for each in row.get("points", "").split(",") if each.strip()]
        if len(points) != len(keys):
            raise Unfit("第 {line} 行的项目和分数个数不一样。", field="file", line=line)
        return {key: each for key, each in zip(keys, points, strict=True) if each}
    if kind is Kind.RANKED:
        return {key: max(longest - place, 1) for place, key in enumerate(keys)}
    return dict.fromkeys(keys, 1)


def _funded(projects: Iterable[tuple[int, Row]]) -> frozenset[str] | None:
    rows = [row for _, row in projects]
    if not any("selected" in row for row in rows):
        return None
    return frozenset(row["project_id"] for row in rows if row.get("selected", "").strip() not in ("", "0"))


def _told(projects: Iterable[tuple[int, Row]]) -> Mapping[str, int]:
    return {row["project_id"]: int(row["votes"]) for _, row in projects if row.get("votes", "").strip().isdigit()}
