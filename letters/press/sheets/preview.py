"""The mark above and below every page of a letter that nobody approved."""

from __future__ import annotations

from typing import Any, Final

WORDS: Final = "PREVIEW. Nobody has approved this letter. Do not send it."

# In the margins, so that the letter runs over the pages as it will when it is approved. No named
# page: the layout engine keeps other space at the top of those.
_BAND: Final = (
    f'content: "{WORDS}"; width: 100%; height: 9mm; background: #000; color: #fff; '
    'font: bold 13pt "Letter"; text-align: center; vertical-align: middle;'
)
STYLES: Final = f"@page {{ @top-center {{ {_BAND} }} @bottom-center {{ {_BAND} }} }}"


def is_preview(page: Any) -> bool:
    """Say whether a page is of a letter that nobody approved."""
    body = page.etree_element.find("body")
    return body is not None and "preview" in body.get("class", "").split()
