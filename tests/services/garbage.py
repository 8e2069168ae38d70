"""How seldom a test session looks for garbage.

What the tests and the program consist of is half a million objects or more. Python looks through
all of them again and again, which takes a tenth of the suite's time and finds nothing.
"""

from __future__ import annotations

import gc

_WHILE_COLLECTING = 200_000

_SELDOM = (20_000, 10, 10)


def collect_seldom() -> None:
    """Let little be looked for while tests are collected: nearly all that is made stays."""
    gc.set_threshold(_WHILE_COLLECTING, *_SELDOM[1:])


def leave_out_what_stays() -> None:
    """Look no more at what is there by now: modules and tests, which stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
