"""What pages say of a feed that is on time or silent."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.ledger.silence.feeds import FeedStatus

VOICES: Mapping[str, tuple[str, str]] = {
    FeedStatus.SILENT: ("Silent", "govuk-tag--red"),
    FeedStatus.SPEAKING: ("As usual", "govuk-tag--green"),
    FeedStatus.NOT_EXPECTED: ("Nothing expected yet", "govuk-tag--grey"),
}
