"""The sizes of the code in one table row: ``python -m bench.shape``.

Files, lines, the spread of file and function lengths, the shares of comments and
docstrings among lines that are not blank, and lines of tests for each line of
code. Migrations and tests are not counted as code.
"""

import ast
import io
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
CODE: Final = ("community", "deliberation", "mediation", "web")
DOCUMENTED: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
GOALS: Final = "goal: file 60 / 160 / 300, function 6 / 20, comments 3-6 %"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file, measured; everything counts lines."""

    path: str
    length: int
    filled: int
    comments: int
    docstrings: int
    functions: tuple[tuple[int, str], ...]


def filled(lines: Iterable[str]) -> int:
    """Count the lines that are not blank."""
    return sum(bool(line.strip()) for line in lines)


def lines_of_comments(text: str) -> int:
    """Count the lines that carry a comment for readers; those for tools say nothing."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(t.type == tokenize.COMMENT and not t.string.startswith(("# noqa", "# type:")) for t in tokens)


def docstring(node: ast.AST) -> ast.Expr | None:
    """Return the statement that is a module's, class's or function's docstring."""
    if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
        first = node.body[0]
        return first if isinstance(first, ast.Expr) else None
    return None


def span(node: ast.expr | ast.stmt) -> int:
    """Return how many lines a statement takes, without decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function from its ``def`` on, without its docstring."""
    told = docstring(node)
    return span(node) - (span(told) if told else 0)


def measure(path: Path) -> Sheet:
    """Measure one file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    nodes = list(ast.walk(ast.parse(text)))
    place = str(path.relative_to(ROOT))
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Sheet(
        path=place,
        length=len(lines),
        filled=filled(lines),
        comments=lines_of_comments(text),
        docstrings=sum(filled(lines[told.lineno - 1 : told.end_lineno]) for n in nodes if (told := docstring(n))),
        functions=tuple((body_length(n), f"{place}:{n.lineno} {n.name}") for n in functions),
    )


def sheets(*tops: str) -> list[Sheet]:
    """Measure every Python file below ``tops``, migrations left out."""
    paths = (p for top in tops for p in sorted((ROOT / top).rglob("*.py")))
    return [measure(p) for p in paths if "migrations" not in p.parts]


def spread(lengths: Iterable[int]) -> str:
    """Return median / 90th percentile / longest, each the length of a real one.

    >>> spread([1, 2, 3, 4, 100])
    '3 / 100 / 100'
    """
    ordered = sorted(lengths) or [0]
    at = [min(len(ordered) - 1, int(len(ordered) * part)) for part in (0.5, 0.9)]
    return " / ".join(str(ordered[i]) for i in (*at, -1))


def row(name: str, code: list[Sheet], tests: list[Sheet]) -> str:
    """Return the row of the table for ``code``."""
    lengths = [n for sheet in code for n, _ in sheet.functions]
    whole = sum(s.filled for s in code) or 1
    total = sum(s.length for s in code)
    cells = [
        name,
        f"{len(code)}",
        f"{total:,}",
        spread(s.length for s in code if s.length > 0),
        f"{len(lengths)}",
        spread(lengths),
        f"{100 * sum(s.comments for s in code) / whole:.1f} %",
        f"{100 * sum(s.docstrings for s in code) / whole:.1f} %",
        f"{sum(s.length for s in tests) / (total or 1):.2f}",
    ]
    return f"| {' | '.join(cells)} |"


HEAD: Final = (
    "| code | files | lines | file median / p90 / max | functions | median / p90 / max | comments | docstrings | T/C |"
)


def main() -> None:
    """Print the table, then what is longest."""
    tests = sheets("tests")
    print(HEAD)
    print("|---" * HEAD.count(" | ") + "|---|")
    for top in CODE:
        print(row(top, sheets(top), [s for s in tests if s.path.startswith(f"tests/{top}/")]))
    code = sheets(*CODE)
    print(row("**heyi**", code, tests))
    print(f"\n{GOALS}\n\nlongest files")
    for sheet in sorted(code, key=lambda s: -s.length)[:10]:
        print(f"{sheet.length:6}  {sheet.path}")
    print("\nlongest functions")
    for length, place in sorted((f for s in code for f in s.functions), reverse=True)[:10]:
        print(f"{length:6}  {place}")


if __name__ == "__main__":
    main()
