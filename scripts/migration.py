"""Write the next migration from the models: ``python scripts/migration.py NAME`` (development only).

``--fresh`` rewrites the first migration and leaves the hand-written constraints that follow it as they
are; for use until the first release.
"""

import asyncio
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tortoise.cli.cli import run_cli_async

HEAD = ROOT / "web" / "migrations"


def main() -> None:
    """Write it."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    fresh = "--fresh" in sys.argv
    aside = HEAD / "0002_constraints.py"
    kept = aside.read_text(encoding="utf-8") if fresh and aside.exists() else None
    for path in HEAD.glob("000[12]_*.py") if fresh else ():
        path.unlink()
    name = words[0] if words else "initial"
    try:
        code = asyncio.run(run_cli_async(["-c", "web.database.TORTOISE", "makemigrations", "heyi", "--name", name]))
    finally:
        if kept is not None:
            aside.write_text(kept, encoding="utf-8")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
