"""The project's own files, as git sees them: tracked, or new and not ignored."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("api", "letters", "scheduler", "vcs")


@dataclass(frozen=True)
class Source:
    """One file: ``path`` is relative to the top, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed Python."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node, outermost first."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.AST) -> str:
        """Return where a node stands, to be clicked on."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def within(self, *places: str) -> bool:
        """Say whether the file is one of these, or lies in one of these folders."""
        return any(self.path == place or self.path.startswith(f"{place}/") for place in places)


@lru_cache
def paths() -> tuple[str, ...]:
    """Return every file of the project, sorted."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    names = {name for name in listed.decode().split("\0") if name}
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@lru_cache
def python_files() -> tuple[Source, ...]:
    """Return every Python file of the project."""
    return tuple(_read(path) for path in paths() if path.endswith(".py"))


def room_files() -> tuple[Source, ...]:
    """Return the Python files of the product, without its tests."""
    return tuple(source for source in python_files() if source.within(*ROOMS))


def text_files() -> Iterator[Source]:
    """Yield every file that is text."""
    for path in paths():
        data = (ROOT / path).read_bytes()
        if b"\0" not in data:
            yield Source(path, data.decode(errors="replace"))


def _read(path: str) -> Source:
    return Source(path, (ROOT / path).read_text(encoding="utf-8"))
