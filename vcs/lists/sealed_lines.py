"""What is kept of a line that a person may have to look at: its cells, and why it ended so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vcs.lists.reading.columns import Cell
from vcs.lists.reading.days import Order
from vcs.lists.reading.lines import Line, line_of
from vcs.lists.reading.rows import Row


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as it is sealed: what its columns say, by what they tell."""

    row: int
    cells: Mapping[str, str]
    why: str
    refused: str = ""
    order: Order | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain values to seal."""
        return {
            "row": self.row,
            "cells": {name: text for name, text in self.cells.items() if text},
            "why": self.why,
            "refused": self.refused,
            "order": self.order,
        }

    @classmethod
    def of_json(cls, raw: Mapping[str, Any]) -> KeptLine:
        """Return a line from what was sealed."""
        order = Order(raw["order"]) if raw["order"] else None
        return cls(raw["row"], raw["cells"], raw["why"], raw["refused"], order)

    def line(self) -> Line:
        """Read it again as it was read in its list."""
        columns = {Cell(name): name for name in self.cells if name in _NAMES}
        return line_of(Row(self.row, self.cells, self.refused), columns, self.order)


_NAMES = frozenset(cell.value for cell in Cell)
