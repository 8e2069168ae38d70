"""Commands built from the table; the module of one is imported when it runs, not before."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from api.commands.table import COMMANDS, Group, Row


class Commands(TyperGroup):
    """Every command of the table, beside what the typer app itself brings."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = {**self.commands, **_built(COMMANDS)}


class Deferred(TyperCommand):
    """A command of which only the name and the line are known until it runs."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.name, short_help=row.line)
        self._row = row

    def make_context(self, *given: Any, **named: Any) -> Any:
        """Import the command, which takes its place from here on."""
        return loaded(self._row).make_context(*given, **named)


def loaded(row: Row) -> TyperCommand:
    """Import the module of a command, and return the command with its options and its help."""
    module, _, function = row.function.partition(":")
    one = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.command(row.name)(getattr(_imported(f"api.commands.{module}"), function))
    command = typer.main.get_command(one)
    assert isinstance(command, TyperCommand)  # noqa: S101 - it has no others beside it
    return command


def _imported(module: str) -> ModuleType:
    """Import a module. What stays until the end is not searched for garbage, now or later."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


def _built(rows: Iterable[Row | Group]) -> dict[str, Any]:
    return {row.name: _group(row) if isinstance(row, Group) else Deferred(row) for row in rows}


def _group(group: Group) -> TyperGroup:
    return TyperGroup(
        name=group.name,
        help=group.line,
        commands=_built(group.rows),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
