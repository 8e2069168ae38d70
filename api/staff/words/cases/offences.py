"""What pages say of an offence on a schedule."""

from __future__ import annotations

from collections.abc import Mapping

LISTINGS: Mapping[str, str] = {
    "specified": "On the list",
    "conditional": "On the list or not, as a question decides",
    "unknown": "Not known whether it is on the list",
    "not_specified": "Not on the list",
}

PARTS: Mapping[str, str] = {
    "1": "Part 1 (violent)",
    "2": "Part 2 (sexual)",
    "3": "Part 3 (terrorism)",
}
