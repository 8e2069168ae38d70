"""Where a provision is used: conditions that cite it, duties and dated answers that rest on it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType

from vcs.law import conditions
from vcs.law.deadlines.duties import DUTIES
from vcs.law.rule_sets import DATED

_BESIDE = (
    "vcs.law.eligibility",
    *(f"vcs.law.relevant_sentence.{name}" for name in ("sentences", "length", "totals")),
    "vcs.law.specified_offence.offences",
)


@cache
def uses(provision: str) -> tuple[str, ...]:
    """Return in words where a provision is used, each place once; empty where nowhere."""
    asked = (_words(f) for module in _modules() for f in _functions(module) if _cites(f, provision))
    owed = (f"Duty: {row.title}" for row in DUTIES if row.provision == provision)
    dated = (f"Answer by date: {row.question}" for row in DATED if row.provision == provision)
    return tuple(dict.fromkeys((*asked, *owed, *dated)))


def _modules() -> Iterator[ModuleType]:
    for one in pkgutil.iter_modules(conditions.__path__, f"{conditions.__name__}."):
        yield importlib.import_module(one.name)
    yield from (importlib.import_module(name) for name in _BESIDE)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for value in vars(module).values():
        function = getattr(value, "__wrapped__", value)
        if isinstance(function, FunctionType) and function.__module__ == module.__name__:
            yield function


def _cites(function: FunctionType, provision: str) -> bool:
    """Say whether a function names the provision, itself or by a constant of its module."""
    constants = {name for name, value in function.__globals__.items() if value == provision}
    return _names(function.__code__, provision, constants)


def _names(code: CodeType, provision: str, constants: set[str]) -> bool:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return (
        provision in code.co_consts
        or not constants.isdisjoint(code.co_names)
        or any(_names(part, provision, constants) for part in inner)
    )


def _words(function: FunctionType) -> str:
    told = " ".join((function.__doc__ or "").split())
    asked, mark, _ = told.partition("?")
    if mark:
        return f"Condition: {asked}?"
    return f"Rule: {told.partition('.')[0] or function.__name__.strip('_').replace('_', ' ')}"
