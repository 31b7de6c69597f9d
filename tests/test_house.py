"""House rules that no linter knows: each is read off the syntax tree of every source file."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("community", "deliberation", "mediation")
PACKAGES = (*LAYERS, "web")
GENERATED = ROOT / "web" / "migrations"

SOURCES = sorted(p for top in PACKAGES for p in (ROOT / top).rglob("*.py") if GENERATED not in p.parents)
TEMPLATES = sorted((ROOT / "web").rglob("*.html"))
ROOMS = sorted(p.parent for layer in LAYERS for p in (ROOT / layer).glob("*/__init__.py"))
MAP = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


def within(path: Path, *places: str) -> bool:
    return any(path == ROOT / place or ROOT / place in path.parents for place in places)


def offences(
    find: Callable[[ast.AST], bool], *, allowed: Iterable[str] = (), among: Iterable[Path] = SOURCES
) -> list[str]:
    """Return ``file:line`` of every node that ``find`` objects to, outside the places where it is allowed."""
    searched = [p for p in among if not within(p, *allowed)]
    return [f"{where(p)}:{getattr(n, 'lineno', 1)}" for p in searched for n in ast.walk(tree(p)) if find(n)]


def names(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a node uses or imports; strings and comments are no names."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield ast.unparse(node)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def says(*wanted: str) -> Callable[[ast.AST], bool]:
    """Return a finder of names whose last part is one of ``wanted``."""
    return lambda node: any(name.split(".")[-1] in wanted for name in names(node))


def called(call: ast.Call) -> str:
    """Return the last name of what is called: ``a.b.c(…)`` is ``c``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


# Rooms


def test_every_door_has_a_plate() -> None:
    doors = [p for p in SOURCES if p.name == "__init__.py"]
    assert [where(p) for p in doors if not ast.get_docstring(tree(p))] == []


def test_a_room_says_on_its_door_what_it_is_in_both_languages_and_nothing_else() -> None:
    plates = {where(room): ast.get_docstring(tree(room / "__init__.py")) or "" for room in ROOMS}
    assert [name for name, plate in plates.items() if not re.search(r"[一-鿿]{2}", plate)] == [], "no Chinese"
    assert [name for name, plate in plates.items() if not re.search(r"[A-Za-z]{4}", plate)] == [], "no English"
    assert [where(room) for room in ROOMS if len(tree(room / "__init__.py").body) != 1] == [], "code on the door"


def test_a_room_has_tests_under_its_own_name() -> None:
    tests = {room: ROOT / "tests" / room.relative_to(ROOT) for room in ROOMS}
    assert [where(room) for room, folder in tests.items() if not any(folder.glob("test_*.py"))] == []


def test_a_room_is_on_the_map() -> None:
    assert [where(room) for room in ROOMS if f"`{where(room)}/`" not in MAP] == []


def test_no_file_outgrows_its_room() -> None:
    """Past 300 lines it has found a second capability: split the room."""
    lengths = {where(p): len(read(p).splitlines()) for p in (*SOURCES, *TEMPLATES)}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


# The database

LAZY = {"filter", "all", "exclude", "get", "create", "update", "delete", "save", "bulk_create", "get_or_create"}
RELATIONS = {"ForeignKeyField", "OneToOneField", "ManyToManyField"}


def unawaited(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Expr) and isinstance(call := node.value, ast.Call)):
        return False
    chained = "filter(" in ast.unparse(call) or ast.unparse(call.func)[:1].isupper()
    return called(call) in LAZY and chained


def test_no_query_is_left_unawaited() -> None:
    """A Tortoise query that nobody awaits does nothing at all, silently."""
    assert offences(unawaited) == []
    assert unawaited(ast.parse("Case.filter(id=1).update(state=2)").body[0])


def test_only_the_record_opens_transactions() -> None:
    """One helper answers for cancellation, group commit and savepoints; a second one would not."""
    assert offences(says("in_transaction", "atomic"), allowed=["community/record"]) == []


def cascades(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and called(node) in RELATIONS):
        return False
    return not {k.arg: ast.unparse(k.value) for k in node.keywords}.get("on_delete", "").endswith("RESTRICT")


def test_nothing_is_deleted_because_something_else_was() -> None:
    """Tortoise cascades unless told otherwise; a record of proceedings must not."""
    assert offences(cascades) == []
    assert cascades(ast.parse("fields.ForeignKeyField(Person)").body[0].value)  # type: ignore[attr-defined]


def test_no_two_models_share_a_name() -> None:
    """The registry keeps one model of a name: the one that is read last silently unseats the other."""
    models = [p for p in SOURCES if p.name == "models.py" or p.parent.name == "models"]
    kinds = [n for p in models for n in ast.walk(tree(p)) if isinstance(n, ast.ClassDef)]
    named = [n.name for n in kinds if "Model" in [ast.unparse(base) for base in n.bases]]
    assert sorted({name for name in named if named.count(name) > 1}) == []


def test_table_comments_survive_the_migration_tool() -> None:
    """Tortoise stores a model's first docstring line, and splits SQLite scripts at semicolons."""
    models = [p for p in SOURCES if p.name == "models.py" or p.parent.name == "models"]

    def split(node: ast.AST) -> bool:
        return isinstance(node, ast.ClassDef) and ";" in (ast.get_docstring(node) or "").split("\n")[0]

    assert offences(split, among=models) == []


# Time and tasks

CLOCKS = re.compile(r"(^|\.)((datetime|date)\.(now|utcnow|today)|time\.time(_ns)?|timezone\.now)$")


def test_only_the_clock_reads_the_clock() -> None:
    """Who and when are arguments, so that tests, drills and ``heyi clock`` can move the time."""

    def reads(node: ast.AST) -> bool:
        by_itself = isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
        return by_itself or any(CLOCKS.search(name) for name in names(node))

    assert offences(reads, allowed=["web/clock.py"]) == []


def test_tasks_are_spawned_in_one_place() -> None:
    """A task spawned inside a transaction would write into it, and be undone with it."""
    assert offences(says("create_task", "ensure_future"), allowed=["web/tasks.py", "web/db", "community/record"]) == []


# The web


def test_middleware_is_plain_asgi() -> None:
    assert offences(says("BaseHTTPMiddleware")) == []


def test_imports_are_absolute() -> None:
    assert offences(lambda node: isinstance(node, ast.ImportFrom) and bool(node.level)) == []


def test_templates_escape_everything() -> None:
    unsafe = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\b")
    assert [where(p) for p in TEMPLATES if unsafe.search(read(p))] == []


def test_templates_obey_the_content_security_policy() -> None:
    """No inline script, style or handler, and nothing from another origin; mails alone are styled inline."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"|javascript:")
    foreign = re.compile(r"\b(src|srcset|action)=\"(https?:)?//|<link[^>]*href=\"(https?:)?//")
    pages = [p for p in TEMPLATES if not p.name.startswith("mail_")]
    bare = {where(p): re.sub(r"\{#.*?#\}", "", read(p), flags=re.DOTALL) for p in pages}
    assert [name for name, text in bare.items() if inline.search(text) or foreign.search(text)] == []


def test_a_fragment_says_what_it_needs() -> None:
    assert [where(p) for p in TEMPLATES if p.name.startswith("_") and not read(p).startswith("{#")] == []


def is_handler(node: ast.stmt) -> bool:
    """Tell whether a module-level function answers a request or a socket by itself."""
    if not isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) or node.name.startswith("_") or not node.args.args:
        return False
    given, answer = node.args.args[0].annotation, node.returns
    kind = ast.unparse(given) if given else ""
    return kind == "WebSocket" or (kind == "Request" and ast.unparse(answer or ast.Constant(None)).endswith("Response"))


def unrouted(module: ast.Module) -> list[str]:
    tables = [n for n in module.body if isinstance(n, ast.Assign | ast.AnnAssign) and "routes" in ast.unparse(n)[:12]]
    routed = {n.id for table in tables for n in ast.walk(table) if isinstance(n, ast.Name)}
    handlers = [n.name for n in module.body if isinstance(n, ast.AsyncFunctionDef | ast.FunctionDef) and is_handler(n)]
    return [name for name in handlers if name not in routed]


def test_every_handler_is_routed() -> None:
    """A handler outside ``routes`` is dead, or misses the guard of the route that was forgotten."""
    doors = [p for p in SOURCES if p.name in {"pages.py", "api.py"} and within(p, "web")]
    assert {where(p): lost for p in doors if (lost := unrouted(tree(p)))} == {}
    assert unrouted(ast.parse("async def show(request: Request) -> Response: ...\nroutes = []")) == ["show"]


# The repository


def whole_tree() -> Iterator[Path]:
    """Yield every file of the checkout that is written by hand or locked."""
    for top in (*PACKAGES, "tests", "bench", "docs", "scripts", "static", ".ci"):
        yield from (p for p in (ROOT / top).rglob("*") if p.is_file())
    yield from (p for p in ROOT.iterdir() if p.is_file() and p.name != ".git")


BINARY = {".png", ".jpg", ".woff2", ".db", ".ico", ".xlsx", ".pyc", ".mo", ".webp"}


def test_nothing_names_a_registry_or_this_machine() -> None:
    """Locks carry checksums, not addresses; and no path of the machine it was written on."""
    words = (
        "pypi" + ".org",
        "python" + "hosted",
        "registry.npm" + "js",
        "npm" + "mirror",
        "/wo" + "rk/",
        "/opt/" + "pypi",
    )
    texts = [p for p in whole_tree() if p.suffix not in BINARY and "node_modules" not in p.parts]
    assert [where(p) for p in texts if any(word in read(p) for word in words)] == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|mark\.(skip|xfail)|pytest\.(skip|xfail)\(")
    assert [
        where(p) for p in whole_tree() if p.suffix in {".py", ".html", ".js", ".sh"} and marks.search(read(p))
    ] == []


def test_no_two_tables_share_the_name_of_their_class() -> None:
    """Tortoise knows models of one application by that name alone: the later would take the place of the other."""
    models = [
        n.name for p in SOURCES if p.name == "models.py" for n in ast.walk(tree(p)) if isinstance(n, ast.ClassDef)
    ]
    tables = [name for name in models if name != "Meta"]
    assert sorted(name for name in set(tables) if tables.count(name) > 1) == []
