"""Compile the catalogues of every language into the wheel.

The work itself is in ``web/locale``; this only tells hatchling where the results belong.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[BuilderConfig]):
    """Merge ``web/locale/<language>/*.po`` into one ``LC_MESSAGES/heyi.mo`` each."""

    folder: Path

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary folder, so that a checkout never holds stale files."""
        sys.path.insert(0, self.root)
        from web.locale import LANGUAGES, SOURCE, merged  # noqa: PLC0415 - the checkout is importable only now

        self.folder = Path(tempfile.mkdtemp(prefix="heyi-locale-"))
        for language in set(LANGUAGES) - {SOURCE}:
            target = self.folder / f"{language}.mo"
            with target.open("wb") as file:
                write_mo(file, merged(language))
            build_data["force_include"][str(target)] = f"web/locale/{language}/LC_MESSAGES/heyi.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the temporary folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)
