"""The figures of the house: sizes of functions and files, and how far one page leads.

``python -m tests.house.figures`` prints them; ``make lint`` does so too. ``--list`` prints the
exceptions as ``exceptions.py`` holds them.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from tests.house.fences import functions
from tests.house.reach import Binding, Program
from tests.house.source import ROOMS, Source, room_files

MOST_PARAMETERS, LONG_FUNCTION, LONG_FILE, FILES_FOR_A_PAGE = 5, 40, 300, 12
_MIGRATIONS = "vcs/migrations/versions"
_BIGGEST = 5


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method: its lines, and its parameters without ``self`` or ``cls``."""

    path: str
    name: str
    lines: int
    parameters: int


@dataclass(frozen=True, slots=True)
class Page:
    """One function that answers a GET, and the files that a reader opens to follow it."""

    path: str
    name: str
    files: int


def measured(sources: Sequence[Source]) -> list[Function]:
    """Measure every function, except those of migrations: each is as long as what it makes."""
    kept = (source for source in sources if not source.within(_MIGRATIONS))
    return [
        Function(source.path, one.name, lines_of(one), parameters_of(one))
        for source in kept
        for one in functions(source)
    ]


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, from ``def`` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count parameters; what a method is called on is none, ``*args`` and ``**more`` are one."""
    given = function.args
    names = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    own = bool(names) and names[0].arg in {"self", "cls"}
    return len(names) - own + (given.vararg is not None) + (given.kwarg is not None)


def ninetieth(numbers: Sequence[int]) -> int:
    """Return the number that nine in ten do not exceed."""
    return sorted(numbers)[max(0, -(-len(numbers) * 9 // 10) - 1)]


def over_five(found: Sequence[Function]) -> Counter[str]:
    """Name each function with too many parameters, with their number."""
    return Counter(f"{f.name} {f.parameters}" for f in found if f.parameters > MOST_PARAMETERS)


def long_files(sources: Sequence[Source]) -> Counter[str]:
    """Name each file that is longer than is comfortable."""
    return Counter(
        source.path.rpartition("/")[2]
        for source in sources
        if not source.within(_MIGRATIONS) and lines_in(source) > LONG_FILE
    )


def lines_in(source: Source) -> int:
    """Return how many lines a file has."""
    return len(source.text.splitlines())


@lru_cache
def program() -> Program:
    """Return the product, to follow names through it."""
    return Program(room_files())


@lru_cache
def pages() -> tuple[Page, ...]:
    """Return every page, the one that leads through most files first."""
    found = ((page, path, program().files(page)) for page, path in program().pages())
    measured_pages = [Page(path, page[1], len(files)) for page, path, files in found]
    return tuple(sorted(measured_pages, key=lambda page: (-page.files, page.path, page.name)))


def far_pages(found: Sequence[Page]) -> Counter[str]:
    """Name each page that leads through more files than a dozen."""
    return Counter(page.name for page in found if page.files > FILES_FOR_A_PAGE)


def writing_pages(followed: Program) -> list[str]:
    """Name each page from which a writing transaction can be reached."""
    return [f"{path}: {page[1]}" for page, path in followed.pages() if _writes(followed, page)]


def _writes(followed: Program, page: Binding) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == "writing"
        for module, name in followed.reach(page)
        for statement in followed.modules[module].here[name]
        for node in ast.walk(statement)
    )


def fullest(sources: Sequence[Source]) -> list[tuple[str, int]]:
    """Return the folders with the most Python files, the fullest first."""
    folders = (source.path.rpartition("/") for source in sources)
    return Counter(folder for folder, _, name in folders if name != "__init__.py").most_common()


def report() -> Iterator[str]:
    """Yield the figures, a line for each."""
    sources = room_files()
    found = measured(sources)
    for room in (*ROOMS, ""):
        yield _of_functions(room or "all", [f for f in found if f.path.startswith(room)])
    many, long = over_five(found), [f for f in found if f.lines > LONG_FUNCTION]
    yield f"over {LONG_FUNCTION} lines: {len(long)} functions {_names(f.name for f in long)}"
    most = max(one.parameters for one in found)
    yield f"over {MOST_PARAMETERS} parameters: {many.total()} functions, at most {most}"
    yield f"  {_names(sorted(many.elements()))}"
    for limit in (LONG_FILE, 500):
        named = [s for s in sources if lines_in(s) > limit and not s.within(_MIGRATIONS)]
        yield f"over {limit} lines: {len(named)} files {_names(s.path for s in named)}"
    rooms = (f"{folder} {count}" for folder, count in fullest(sources)[:_BIGGEST])
    yield f"fullest folders: {', '.join(rooms)}"
    yield from _of_pages(pages())


def _of_functions(room: str, found: Sequence[Function]) -> str:
    lines = [one.lines for one in found]
    under = sum(one < 20 for one in lines) / len(lines)
    return (
        f"{room}: {len(lines)} functions, median {median(lines):g} lines, "
        f"9 in 10 at most {ninetieth(lines)}, longest {max(lines)}, {under:.1%} under 20"
    )


def _of_pages(found: Sequence[Page]) -> Iterator[str]:
    files = [page.files for page in found]
    yield (
        f"a page is followed through {median(files):g} files (median), at most {max(files)}; "
        f"{far_pages(found).total()} of {len(files)} through more than {FILES_FOR_A_PAGE}"
    )
    yield f"farthest pages: {_names(f'{page.name} {page.files}' for page in found[:_BIGGEST])}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


def _as_listed(name: str, found: Counter[str]) -> Iterator[str]:
    yield f"{name} = ("
    yield from (f"    {one!r}," for one in sorted(found.elements()))
    yield ")"


def exceptions() -> Iterator[str]:
    """Yield today's exceptions as Python."""
    sources = room_files()
    yield from _as_listed("OVER_FIVE_PARAMETERS", over_five(measured(sources)))
    yield from _as_listed("LONG_FILES", long_files(sources))
    yield from _as_listed("FAR_PAGES", far_pages(pages()))


if __name__ == "__main__":
    print("\n".join(exceptions() if "--list" in sys.argv else report()))
