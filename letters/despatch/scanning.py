"""The reference by which a letter that comes back is known again, and its scannable code.

It names this one letter and says nothing: neither the scheme nor anybody's office is in it.
"""

from __future__ import annotations

import re
from typing import Final

import segno
from markupsafe import Markup

_SCHEME: Final = re.compile(r"^[A-Z]{3}-")
_MM_PER_MODULE: Final = 0.5
_QUIET: Final = 4
"""Modules of white around a code, as the standard asks (ISO/IEC 18004)."""


def return_reference(reference: str) -> str:
    """Return a letter's own reference as it is printed for returned post: ``7K3M-9QTD``."""
    return _SCHEME.sub("", reference)


def code(reference: str, said: str) -> Markup:
    """Return the code of a return reference as a drawing; ``said`` is what it is, in words."""
    made = segno.make(reference, error="m", micro=False, boost_error=False)
    drawn = made.svg_inline(scale=_MM_PER_MODULE, unit="mm", border=_QUIET, title=said)
    return Markup(drawn)  # noqa: S704 - drawn by the library, which escapes the title
