"""Making many tables quickly.

tortoise-orm 1.1.9 copies its picture of all tables before each operation and draws it anew, which grows with the
square of the tables: half a minute for ours on a small machine. Tables made in a row need no picture of what was
before, nor does SQL; so it is drawn once for all of them, and the rest goes the stock way.
"""

from itertools import takewhile

from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import CreateModel, Operation, RunPython, RunSQL
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import ModelState, State

_stock_apply = Migration.apply


async def _apply(
    self: Migration,
    state: State,
    *,
    dry_run: bool = False,
    schema_editor: BaseSchemaEditor | None = None,
    collect_sql: bool = False,
) -> State:
    every = self.operations
    front = [] if collect_sql else _front(every)
    _draw(self.app_label, [one for one in front if isinstance(one, CreateModel)], state)
    if schema_editor and not dry_run:
        await _run(self, front, state, schema_editor)
    self.operations = every[len(front) :]
    try:
        return await _stock_apply(self, state, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql)
    finally:
        self.operations = every


def _front(every: list[Operation]) -> list[Operation]:
    """Return the operations at the front that need no picture of what was before."""
    kinds = (CreateModel,) if every and isinstance(every[0], CreateModel) else (RunSQL, RunPython)
    return list(takewhile(lambda one: isinstance(one, kinds), every))


async def _run(migration: Migration, front: list[Operation], state: State, editor: BaseSchemaEditor) -> None:
    whole = editor.client.capabilities.supports_transactions
    for one in front:
        await migration._run_database_forward(one, state, state, editor, whole)  # noqa: SLF001


def _draw(app: str, made: list[CreateModel], state: State) -> None:
    for one in made:
        state.models[app, one.name] = ModelState.make_from_model(app, one.model)
    if made:
        state.reload_models([(app, one.name) for one in made])


def install() -> None:
    """Let every migration be applied this way; what the database gets is the same."""
    Migration.apply = _apply  # type: ignore[method-assign]
