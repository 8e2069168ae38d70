"""The law as if the least length of custody were another: for trying a change, and nothing else.

The length is a constant of the law beside its provision. Only a process that stores nothing may
change it: the wind tunnel's own (``vcs/consequences/wind_tunnel``).
"""

from __future__ import annotations

import sys

from vcs.law.relevant_sentence import length


def set_least_months(months: int) -> None:
    """Compare every term of this process with so many months from now on."""
    length.THRESHOLD_MONTHS = months
    for name, module in list(sys.modules.items()):
        if name.startswith("vcs.law"):
            for thing in vars(module).values():
                if callable(clear := getattr(thing, "cache_clear", None)):
                    clear()
