"""The form that archives: a reason for each thing that is missing, in a field named after it."""

from collections.abc import Mapping
from typing import Any

from pydantic import create_model

from deliberation.archive.rules import WHY, Item
from web.forms import Form

ArchiveForm: type[Form] = create_model(
    "ArchiveForm",
    __base__=Form,
    **{item.value: (str, "") for item in Item},  # type: ignore[call-overload]
)


def reasons(data: Form) -> Mapping[Item, str]:
    """Return what was typed, by item."""
    typed: dict[str, Any] = data.model_dump()
    return {Item(name): why[: WHY[1] + 1] for name, why in typed.items() if why}
