"""Files that a command writes: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer


@contextmanager
def writing_to(path: Path, named: str) -> Iterator[None]:
    """Refuse a path that cannot be written to, with the reason. Raises BadParameter."""
    try:
        yield
    except OSError as problem:
        why = (problem.strerror or "it cannot be written").lower()
        words = f"{path} cannot be written to: {why}"
        raise typer.BadParameter(words, param_hint=named) from None


def put(folder: Path, name: str, content: bytes) -> None:
    """Write one file of a folder that is there."""
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)
