"""The red frame and the words round every page that is made in training."""

from __future__ import annotations

from typing import Any, Final

WORDS: Final = "TRAINING. Everybody in this is made up. Do not send it."

_RED: Final = "#ca3535"

_BAND: Final = (
    f'content: "{WORDS}"; width: 100%; height: 9mm; background: {_RED}; color: #fff; '
    'font: bold 13pt "Letter"; text-align: center; vertical-align: middle;'
)


def _edge(box: str, *sides: str) -> str:
    borders = " ".join(f"border-{side}: 3mm solid {_RED};" for side in sides)
    return f'@{box} {{ content: ""; {borders} }}'


def _side(box: str, width: str) -> str:
    """Draw a side of the page as a box of its own width.

    A letter that slips in its envelope shows all but a millimetre of the left edge in the window.
    """
    margin = "margin-right: auto" if box.startswith("left") else "margin-left: auto"
    return f'@{box} {{ content: ""; width: {width}; height: 100%; {margin}; background: {_RED}; }}'


# In the margins, as the mark of a preview is: what is printed keeps its place.
_FRAME: Final = " ".join(
    (
        _edge("top-left-corner", "top", "left"),
        _edge("top-right-corner", "top", "right"),
        _edge("bottom-left-corner", "bottom", "left"),
        _edge("bottom-right-corner", "bottom", "right"),
        _side("left-middle", "0.8mm"),
        _side("right-middle", "3mm"),
    )
)

STYLES: Final = f"@page {{ @bottom-center {{ {_BAND} }} {_FRAME} }}"

WORDS_ABOVE: Final = f"@page {{ @top-center {{ {_BAND} }} }}"
"""Left out of a preview, which says above every page that it is one."""


def is_training(page: Any) -> bool:
    """Say whether a page was made in training."""
    body = page.etree_element.find("body")
    return body is not None and "training" in body.get("class", "").split()
