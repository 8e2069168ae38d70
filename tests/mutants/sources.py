"""Changes to rules: a comparison turned, a condition turned round, one thing out of a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.draw import Draw
from tests.mutants.tables import ROOT, Change

RULES = (
    *(f"relevant_sentence/{name}" for name in ("totals", "length", "sentences")),
    *(f"specified_offence/{name}" for name in ("offences", "schedule", "families")),
    *("eligibility", "deadlines/duties", "deadlines/working_days", "rule_sets"),
    *("conditions/statutory", "conditions/hospital", "conditions/beyond_statute"),
    *("conditions/count", "conditions/notes"),
)

READERS = (
    *("results/wording", "results/appeals", "results/activated", "values/days"),
    *("durations/lengths", "durations/extended", "durations/for_life"),
)

_TURNED = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: (" is ", " is not "),
    ast.IsNot: (" is not ", " is "),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: (" in ", " not in "),
    ast.NotIn: (" not in ", " in "),
}

_BOUNDARIES = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def changes(draw: Draw) -> Iterator[Change]:
    """Yield changes to the rules of the law and of the feeds, as drawn."""
    paths = [f"vcs/law/{name}.py" for name in RULES]
    readers = [f"vcs/intake/{name}.py" for name in READERS]
    both = [c for path in paths for c in _comparisons(path)]
    yield from _drawn(draw, [c for c, boundary in both if boundary], 16)
    yield from _drawn(draw, [c for c, boundary in both if not boundary], 14)
    yield from _drawn(draw, [c for path in paths for c in _listed(path)], 10)
    yield from _drawn(draw, [c for path in readers for c, _ in _comparisons(path)], 6)
    yield from _drawn(draw, [c for path in readers for c in _listed(path)], 8)


def _drawn(draw: Draw, every: list[Change], count: int) -> list[Change]:
    named = ((change.name, n) for n, change in enumerate(every))
    return [every[n] for n in draw.first(named, count)]


def _comparisons(path: str) -> Iterator[tuple[Change, bool]]:
    lines, tree = _parsed(ROOT / path)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            continue
        left, right, n = node.left, node.comparators[0], node.lineno - 1
        if left.end_lineno != right.lineno or not lines[n].isascii():
            continue
        old, new = _TURNED[type(node.ops[0])]
        between = lines[n][left.end_col_offset : right.col_offset]
        turned = between.replace(old, new, 1)
        line = lines[n][: left.end_col_offset] + turned + lines[n][right.col_offset :]
        name = f"{path} compares {new.strip()!r}: {line.strip()}"
        yield Change(name, path, {n: line}), isinstance(node.ops[0], _BOUNDARIES)


def _listed(path: str) -> Iterator[Change]:
    """Take one thing out of each list, set or table that stands at the module's own level."""
    lines, tree = _parsed(ROOT / path)
    for statement in tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        for node in ast.walk(statement.value):
            for part in _parts(node):
                n = part.lineno - 1
                alone = lines[n].strip() == f"{ast.get_source_segment(_text(lines), part)},"
                if alone:
                    yield Change(f"{path} lacks {lines[n].strip()}", path, {n: None})


def _parts(node: ast.AST) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Set | ast.Tuple | ast.List) else []


def _text(lines: list[str]) -> str:
    return "\n".join(lines)


def _parsed(path: Path) -> tuple[list[str], ast.Module]:
    text = path.read_text(encoding="utf-8")
    return text.splitlines(), ast.parse(text)
