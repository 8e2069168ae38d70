"""What pages say of the things that search finds."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.search.reads import Kind

FOUND_KINDS: Mapping[str, str] = {
    Kind.REFERRAL: "Referral",
    Kind.SENTENCE: "Sentence, not referred",
    Kind.VICTIM: "Victim",
    Kind.LETTER: "Letter",
    Kind.LETTER_TO_PARTNER: "Letter to a partner",
}
