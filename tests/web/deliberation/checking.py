"""Run the standalone verifier on a bundle."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

VERIFIER: Final = Path(__file__).parents[3] / "web" / "verifier.py"


def verdict(content: bytes) -> str:
    """Return what the verifier says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(content)
        done = subprocess.run(  # noqa: S603 - our own program, by itself
            [sys.executable, "-I", str(VERIFIER), str(path)], capture_output=True, text=True, check=False
        )
    return done.stdout + done.stderr
