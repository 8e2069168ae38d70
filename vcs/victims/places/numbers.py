"""What surely is a postcode or a telephone number in words that many may read. Pure.

Such words are shown without a reason, and no look at them is recorded. That they name somebody's
own street is found in ``whereabouts/given_away.py``.
"""

from __future__ import annotations

import re
from typing import Final

from vcs.errors import NotValid

POSTCODE: Final = (
    "Leave out the postcode: many people may read this. An address belongs in the address of their "
    "details, where each look at it is recorded"
)

PHONE: Final = (
    "Leave out the telephone number: many people may read this. A number belongs in the telephone "
    "number of their details, where each look at it is recorded"
)

# The last two letters are none of C, I, K, M, O and V; a time or a day is no postcode.
_POSTCODE: Final = re.compile(
    r"(?<![\w/-])(?!gx11)[a-z]{1,2}\d[a-z\d]? ?(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2}(?![\w/-])",
    re.IGNORECASE,
)

# Eleven digits from 01, 02 or 07, or as they are dialled from abroad: 0800 and 03 are no home's.
_PHONE: Final = re.compile(
    r"(?<![\w/-])(?:(?:\+|00)44[ .-]?(?:\(0\))?[ .-]?|\(?0)[127](?:[ .()-]{0,2}\d){9}(?![\d/])"
)


def number_in(text: str) -> str:
    """Return what to leave out of a text: a postcode or a telephone number; "" for neither."""
    if _POSTCODE.search(text):
        return POSTCODE
    return PHONE if _PHONE.search(text) else ""


def refuse_number(field: str, text: str) -> None:
    """Raise NotValid for a field whose words hold a postcode or a telephone number."""
    if leave_out := number_in(text):
        raise NotValid("Some details need correcting.", {field: leave_out})
