"""Completes the tags of a document with page numbers and tables, as PDF/UA-1 asks.

WeasyPrint tags what is in a page's margins and hangs it nowhere in the tree: it must be an artifact
(7.1). It says of no header cell whether it heads a row or a column (7.5).
"""

from __future__ import annotations

from typing import Any


def mark_margins(pdf: Any) -> None:
    """Turn marked content that is not in the tag tree into artifacts, on every page.

    ``pdf`` is the :class:`pydyf.PDF` that WeasyPrint hands to a finisher.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    marked = dict(zip(numbers[::2], numbers[1::2], strict=True))
    in_tree = _in_tree(pdf, root)
    for place, kid in enumerate(pdf.pages["Kids"][::3]):
        page, elements = pdf.objects[kid], marked[place]
        outside = {n for n, one in enumerate(elements) if _number(one) not in in_tree}
        _mark(_object(pdf, page["Contents"]).stream, outside)
        elements[:] = ["null" if n in outside else one for n, one in enumerate(elements)]


def scope_headers(pdf: Any) -> None:
    """Say of every header cell whether it heads its column or its row."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH" and "A" in cell:
            group = _object(pdf, _object(pdf, cell["P"])["P"])
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _mark(orders: list[Any], outside: set[int]) -> None:
    """Rewrite ``/P <</MCID 7>> BDC``, three orders in a row, where 7 is outside the tree."""
    for place, order in enumerate(orders):
        if order == b"BDC" and orders[place - 1].get("MCID") in outside:
            orders[place - 2] = "/Artifact"
            orders[place - 1].clear()
            orders[place - 1]["Type"] = "/Pagination"


def _in_tree(pdf: Any, root: Any) -> set[int]:
    """Return the numbers of the elements that the tree holds."""
    found: set[int] = set()
    waiting = list(root["K"])
    while waiting:
        one = waiting.pop()
        number = _number(one)
        if number is None or number in found:
            continue
        found.add(number)
        kids = pdf.objects[number].get("K", ())
        waiting += kids if isinstance(kids, list) else [kids]
    return found


def _object(pdf: Any, reference: Any) -> Any:
    number = _number(reference)
    if number is None:
        raise ValueError("no reference")
    return pdf.objects[number]


def _number(reference: Any) -> int | None:
    """Return the number of the object that a reference names; None for what is no reference."""
    text = reference.decode("ascii") if isinstance(reference, bytes) else reference
    if not isinstance(text, str) or not text.endswith(" R"):
        return None
    return int(text.split()[0])
