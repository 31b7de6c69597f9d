"""Write the next migration from the models: ``python scripts/migration.py NAME`` (development only).

``--fresh`` rewrites the first migration; for use until the first release.
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
    if "--fresh" in sys.argv:
        for path in HEAD.glob("0001_*.py"):
            path.unlink()
    name = words[0] if words else "initial"
    code = asyncio.run(run_cli_async(["-c", "web.database.TORTOISE", "makemigrations", "heyi", "--name", name]))
    raise SystemExit(code)


if __name__ == "__main__":
    main()
