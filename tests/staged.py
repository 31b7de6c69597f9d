"""The scene of ``tests/scene.py`` played once for all tests: its database and files to be copied, and what is in it."""

import pickle
import shutil
from datetime import timedelta
from pathlib import Path

from tests.clock import TestClock
from tests.engines import Engine, Settled, apart
from tests.scene import Scene, play
from web.app import create_app
from web.settings import Settings


class Staged:
    """A neighbourhood in the middle of things, in a database and a folder of files."""

    def __init__(self, engine: Engine, settled: Settled, folder: Path) -> None:
        self.folder = folder
        self.url = engine.copy(settled.url, folder)
        self._scene = apart(self._play(settled))

    def lay_out(self, folder: Path) -> None:
        """Copy the files that belong to the scene, though not its database."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.db*"))

    def scene(self) -> Scene:
        """Return what was played, as fresh as after playing it."""
        scene: Scene = pickle.loads(self._scene)  # noqa: S301 - our own bytes
        return scene

    async def _play(self, settled: Settled) -> bytes:
        settings = Settings(database=self.url, home=str(self.folder), secret="test")
        app = create_app(settings, clock=TestClock(shift=timedelta(0)), courier=False)
        async with app.router.lifespan_context(app):
            return pickle.dumps(await play(app, settled.world()))
