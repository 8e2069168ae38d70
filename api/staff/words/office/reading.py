"""What pages say of who opened whose details."""

from __future__ import annotations

from collections.abc import Mapping

READING_SCOPES: Mapping[str, str] = {
    "outside": "people in referrals of others, in an hour",
    "all": "people in an hour",
}

READING_STOPPED = ("Stopped", "govuk-tag--red")

READING_REFUSED = ("Refused, nothing shown", "govuk-tag--red")
