"""Which files a reader opens to follow one page: from its route, name by name, to the tables.

A name is followed to where it is bound at the top of a module, through ``from`` imports and
packages that pass names on. A class counts whole. What is called on a value is not followed, so
this counts a little less than a reader might open, and never a file that only happens to be loaded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from tests.house.source import Source

_GROUND = (
    *("vcs/terms.py", "vcs/errors.py", "vcs/clock.py", "vcs/settings.py", "vcs/database.py"),
    *("vcs/sealing.py", "vcs/tables.py", "vcs/paging.py", "vcs/access/work.py"),
    *("api/app.py", "api/state.py", "api/errors.py", "api/guards"),
)
"""What every page stands on, and nobody opens to follow one. So are each room's ``records.py``."""
_SERVES = ("serve", "serve_look")
"""What serves a form: GET shows it, so that it is a page; what POST does is not followed."""
Binding = tuple[str, str]
"""A module's dotted name, and a name at its top; an empty name is the module itself."""


@dataclass
class Module:
    """One file: what each name at its top is bound to, in it or elsewhere."""

    source: Source
    here: dict[str, list[ast.stmt]] = field(default_factory=dict)
    elsewhere: dict[str, Binding] = field(default_factory=dict)


class Program:
    """Every module of the product, by its dotted name."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.modules = {_dotted(source.path): _module(source) for source in sources}
        self._known: dict[Binding, frozenset[Binding]] = {}

    def pages(self) -> Iterator[tuple[Binding, str]]:
        """Yield what answers each GET, with the path of its file: a function, or a form."""
        for name, module in self.modules.items():
            for function, nodes in module.here.items():
                if any(map(_answers_get, nodes)):
                    yield (name, function), module.source.path
                for form in chain.from_iterable(map(_forms_served, nodes)):
                    yield (name, form), module.source.path

    def files(self, start: Binding) -> set[str]:
        """Return the files that following a name leads to, without the ground."""
        return {self.modules[module].source.path for module, _ in self.reach(start)}

    def reach(self, start: Binding) -> set[Binding]:
        """Return every name that following one leads to; the ground is where it ends."""
        found: set[Binding] = set()
        waiting = [start]
        while waiting:
            binding = self._resolved(waiting.pop())
            if binding is None or binding in found:
                continue
            module, name = binding
            if _is_ground(self.modules[module].source.path):
                continue
            found.add(binding)
            waiting += self._leads_to(module, name)
        return found

    def _leads_to(self, module: str, name: str) -> frozenset[Binding]:
        """Return what the statements that bind a name use; kept, since many pages ask."""
        if (module, name) not in self._known:
            nodes = self.modules[module].here[name]
            used = (binding for node in nodes for binding in self._used(module, node))
            self._known[module, name] = frozenset(used)
        return self._known[module, name]

    def _resolved(self, binding: Binding) -> Binding | None:
        """Follow a name through imports to where it is made; None where that is not ours."""
        module, name = binding
        for _ in range(10):
            held = self.modules.get(module)
            if held is None:
                return None
            if name in held.here:
                return module, name
            if name not in held.elsewhere:
                return None
            module, name = held.elsewhere[name]
        return None

    def _used(self, module: str, node: ast.AST) -> Iterator[Binding]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                yield module, inner.id
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                yield from self._attribute(module, inner.value.id, inner.attr)

    def _attribute(self, module: str, owner: str, name: str) -> Iterator[Binding]:
        """Yield what ``owner.name`` means where the owner is a module of ours."""
        held = self.modules[module].elsewhere.get(owner)
        if held is not None:
            dotted = f"{held[0]}.{held[1]}" if held[1] else held[0]
            if dotted in self.modules:
                yield dotted, name


def _module(source: Source) -> Module:
    module = Module(source)
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                module.elsewhere[alias.asname or alias.name] = (node.module, alias.name)
    for statement in source.tree.body:
        for name in _bound(statement):
            module.here.setdefault(name, []).append(statement)
    return module


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _answers_get(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    calls = (one.func for one in node.decorator_list if isinstance(one, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr == "get" for call in calls)


def _forms_served(node: ast.stmt) -> Iterator[str]:
    """Yield the name of each form that a function answers: ``@forms.serve(router, path, FORM)``."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in _SERVES:
            form = call.args[2]
            if not isinstance(form, ast.Name):
                raise TypeError(f"{node.name}: give the form that it serves a name of its own")
            yield form.id


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _is_ground(path: str) -> bool:
    within = any(path == place or path.startswith(f"{place}/") for place in _GROUND)
    return within or path.endswith(("/records.py", "/__init__.py"))
