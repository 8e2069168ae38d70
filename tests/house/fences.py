"""The fences: each takes one file and names what breaks the rule, in words that say what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from tests.house.source import Source

LONGEST_FUNCTION, LONGEST_FILE = 40, 500

# "manager" is also a role, so a function may be named for one; a class or a file may not.
BANNED = frozenset(
    {"common", "handler", "handlers", "helper", "helpers", "misc", "processor", "processors"}
    | {"util", "utils", "utilities"}
)
BANNED_FOR_THINGS = BANNED | {"manager", "managers"}

CLOCK = "vcs/clock.py"
ASKS_THE_TIME = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
    | {"time.time_ns", "time.gmtime", "time.localtime", "func.now", "func.current_timestamp"}
)

PURE = ("vcs/law", "vcs/terms.py")
WRITERS = ("vcs", "scheduler/runs.py")
CLAIMERS = ("letters/mails/email.py",)
WRITES = frozenset({"add", "add_all", "bulk_save_objects", "delete", "merge"})
WRITE_STATEMENTS = frozenset({"delete", "insert", "update"})
STATEMENT_SOURCES = re.compile(r"(sqlalchemy|sqlmodel)(\.|$)")
SQL_WRITE = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.IGNORECASE)
READS = re.compile(
    r"vcs/(?:\w+/)+(?:\w*_?reads|\w*_checks|counts|dates|decisions|due|example_counts|feeds|health"
    r"|holds|invariants|messages|officers|proof|receipts|rows|runs|state_dump|states|worklist)\.py"
)
"""Files that pages, mails and programs ask."""
WRITING_CALLS = frozenset({"at_the_end", "flush", "note", "with_for_update", "writing"})
"""What a read calls only where it changes something, keeps a trail or holds a row."""
COMMITTERS = ("vcs/database.py", "vcs/migrations")

# Spelt so that this file does not trip over itself.
HOSTS_AND_PATHS = re.compile(
    r"py[p]i\.org|pythonhoste[d]\.org|registry\.npm[j]s|registry\.yarnpk[g]|deb\.debia[n]\.org"
    r"|(?<![\w.~-])/(?:home|Users|w[o]rk|tm[p]/w)/\w"
)


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_long(source: Source) -> Iterator[str]:
    """Name a file or a function over its size; a migration is as long as what it makes."""
    if source.within("vcs/migrations/versions"):
        return
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path} has {lines} lines: split the idea (at most {LONGEST_FILE})"
    for function in functions(source):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            where = f"{source.at(function)} {function.name}"
            yield f"{where} has {length} lines: at most {LONGEST_FUNCTION}"


def badly_named(source: Source) -> Iterator[str]:
    """Name a file, class or function whose name says nothing."""
    parts = source.path.removesuffix(".py").split("/")
    if BANNED_FOR_THINGS & {_last_word(part) for part in parts}:
        yield f"{source.path}: name it for what it holds"
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and _last_word(node.name) in BANNED_FOR_THINGS:
            yield f"{source.at(node)} {node.name}: name it for what it is"
    for function in functions(source):
        if _last_word(function.name) in BANNED:
            yield f"{source.at(function)} {function.name}: name it for what it does"


def _last_word(name: str) -> str:
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
    return words[-1].lower() if words else ""


def asks_the_time(source: Source) -> Iterator[str]:
    """Name a place that asks the machine what time it is, anywhere but in the clock."""
    if source.path == CLOCK:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and _dotted(node) in ASKS_THE_TIME:
            yield f"{source.at(node)} {ast.unparse(node)}: take today or now from the caller"


def _dotted(node: ast.Attribute) -> str:
    """Return the last two names of ``a.b.c``."""
    owner = node.value
    before = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return f"{before}.{node.attr}"


def writes(source: Source) -> Iterator[str]:
    """Name a place that changes what is kept, outside the rooms that may."""
    if source.within(*WRITERS, *CLAIMERS) and not source.within(*PURE):
        return
    for node in source.nodes:
        if _writes_by_session(node) or _imports_a_write(node) or _writes_by_words(node):
            yield f"{source.at(node)}: doors, letters and the law never change what we hold"


def reads_that_write(source: Source) -> Iterator[str]:
    """Name a place in a read that changes, or holds on to, what is kept: in any room."""
    if not READS.fullmatch(source.path) or source.path == "vcs/post/decisions.py":
        return
    for node in source.nodes:
        if _writes_by_session(node) or _imports_a_write(node) or _writes_by_words(node):
            yield f"{source.at(node)}: a read changes nothing; move this to a verb"
        if isinstance(node, ast.Call) and _called(node) in WRITING_CALLS:
            yield f"{source.at(node)} {ast.unparse(node.func)}: a read neither writes nor locks"


def _called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _writes_by_session(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(called, ast.Attribute)
        and called.attr in WRITES
        and ast.unparse(called.value).lower().endswith("session")
    )


def _imports_a_write(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.ImportFrom)
        and STATEMENT_SOURCES.match(node.module or "") is not None
        and any(alias.name in WRITE_STATEMENTS for alias in node.names)
    )


def _writes_by_words(node: ast.AST) -> bool:
    words = node.value if isinstance(node, ast.Constant) else None
    return isinstance(words, str) and SQL_WRITE.match(words) is not None


def commits(source: Source) -> Iterator[str]:
    """Name a place that ends a transaction which its door should end."""
    if source.within(*COMMITTERS):
        return
    for node in source.nodes:
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in {"commit", "rollback"}:
            yield f"{source.at(node)} {ast.unparse(called)}: the door's transaction ends by itself"


def names_hosts_or_paths(source: Source) -> Iterator[str]:
    """Name a line with a package registry's host or somebody's own folder."""
    for number, line in enumerate(source.text.splitlines(), 1):
        found = HOSTS_AND_PATHS.search(line)
        if found:
            yield f"{source.path}:{number} names {found.group()}: take it out"


def broken(fence: Iterable[Iterator[str]]) -> str:
    """Return every finding on a line of its own; empty when the fence holds."""
    return "\n".join(chain.from_iterable(fence))
