"""The inventory of personal data, made from the models: which column, what for, on what ground, how long, who reads.

Every column is declared to be about a person or not (``inventory.txt``); a test fails on one that is neither, so that
none is forgotten. Source: 个人信息保护法 13, 17, 19, 51, 55; 网络数据安全管理条例 21.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from community.subject_requests.sealed import COLUMNS
from mediation.archive.locked import KEY, LOCKED
from mediation.room.models import Message
from web.database import MODELS
from web.inventory_rooms import ROOMS, Use

DECLARED: Final = Path(__file__).with_name("inventory.txt")
MASTER: Final = {
    "person": ("totp_secret",),
    "hook": ("secret",),
    "hiding": ("conceal", "sealed"),
    "sheet_on_hold": ("sealed",),
    "declared_tie": ("name", "note"),
}
"""What is locked with the installation's own key, table by table; a mail is, where it is ``secret``."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: where its model lives, and its columns about a person and the rest."""

    room: str
    name: str
    personal: tuple[str, ...]
    plain: tuple[str, ...]

    @property
    def use(self) -> Use:
        """Return what the data of its room is for."""
        return ROOMS[self.room]


def declared() -> list[Table]:
    """Return what is declared, in the order of the rooms.

    Raises:
        ValueError: a line cannot be read.
    """
    lines = DECLARED.read_text(encoding="utf-8").splitlines()
    return [_table(line) for line in lines if line and not line.startswith("#")]


def _table(line: str) -> Table:
    head, columns = line.split(":", 1)
    room, name = head.split()
    personal, plain = columns.split("/")
    return Table(room, name, tuple(personal.split()), tuple(plain.split()))


def stored() -> dict[str, set[str]]:
    """Return the columns of every table, as the models have them."""
    return {str(each._meta.db_table): set(_columns(each)) for each in _models()}  # noqa: SLF001


def _columns(model: type[Model]) -> Iterator[str]:
    """Name the columns alike whether the models were tied to each other already or not."""
    for name, field in model._meta.fields_map.items():  # noqa: SLF001
        if isinstance(field, ForeignKeyFieldInstance):
            yield f"{name}_id"
        elif field.has_db_field:
            yield name


def _models() -> Iterator[type[Model]]:
    for name in MODELS:
        for each in vars(import_module(name)).values():
            if isinstance(each, type) and issubclass(each, Model) and each.__module__ == name:
                yield each


def faults() -> list[str]:
    """Return the columns that are declared twice, that nobody declared, and that are declared and not there."""
    said = {each.name: [*each.personal, *each.plain] for each in declared()}
    there = stored()
    found = [f"{name}.{column} 没有说明" for name, all_ in there.items() for column in all_ - set(said.get(name, ()))]
    found += [
        f"{name}.{column} 没有这一栏" for name, all_ in said.items() for column in set(all_) - there.get(name, set())
    ]
    return sorted(found + [f"{name} 有一栏说了两遍" for name, all_ in said.items() if len(all_) != len(set(all_))])


def locks() -> Mapping[tuple[str, str], str]:
    """Return by which key a column is locked; what is not here lies in the clear, behind the rights of readers."""
    found = {(name, column): "本站钥匙" for name, columns in MASTER.items() for column in columns}
    for each in LOCKED:
        found |= {(str(each.model._meta.db_table), column): "纠纷钥匙" for column in each.columns if column != KEY}  # noqa: SLF001
    found |= dict.fromkeys(
        (("paper_dossier", "parties"), ("paper_dossier", "words"), ("paper_scan", "name")), "旧卷钥匙"
    )
    found |= dict.fromkeys((("subject_request", column) for column in COLUMNS), "申请自己的钥匙")
    return found | {(str(Message._meta.db_table), "body"): "调解室钥匙"}  # noqa: SLF001


def sheet() -> str:
    """Return the inventory as Markdown, a part for each room that holds anything about a person."""
    rooms: dict[str, list[Table]] = {}
    for each in declared():
        if each.personal:
            rooms.setdefault(each.room, []).append(each)
    head = "# 个人信息清单 · Inventory of personal data\n\n由 `heyi privacy inventory` 从数据表生成，不要手改。"
    says = "没写钥匙的栏不加密，由权限挡着。“保存”写的是规定的期限，各单位可以依当地的保管期限表改长。\n"
    says += "Made by the command from the models; not to be edited by hand.\n"
    return "\n".join([head, says, *(_part(name, tables) for name, tables in sorted(rooms.items()))])


def _part(room: str, tables: list[Table]) -> str:
    use, locked = ROOMS[room], locks()
    rows = [
        f"| `{each.name}` | {'、'.join(_column(each, column, locked) for column in each.personal)} |" for each in tables
    ]
    told = f"目的：{use.purpose}。依据：{use.basis}。保存：{use.keep}。谁看：{use.readers}。"
    return "\n".join([f"## {room.replace('.', '/')}", "", told, "", "| 表 | 关于人的栏 |", "|---|---|", *rows, ""])


def _column(table: Table, column: str, locked: Mapping[tuple[str, str], str]) -> str:
    key = locked.get((table.name, column))
    return f"`{column}`（{key}）" if key else f"`{column}`"
