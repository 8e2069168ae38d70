"""Which function computes which measure. A measure that is not here is not recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vcs.measures.facts import Compute
from vcs.measures.formulas import consulting, contacting, quality, referring, telling

COMPUTED: Final[Mapping[str, Compute]] = {
    "M0": referring.not_accounted_for,
    "M1": referring.referred_in_time,
    "M2": referring.days_to_referral,
    "M3": contacting.first_contact_in_time,
    "M4": contacting.spoken_with,
    "M5": contacting.tries_before_no_reply,
    "M6": contacting.take_up,
    "M7": quality.offered_again,
    "M8": contacting.needs_in_time,
    "M9": telling.needs_ended,
    "M10": quality.letters_that_answer,
    "M11": quality.on_their_terms,
    "M12": contacting.one_officer,
    "M13": telling.told_before_release,
    "M14": telling.heard_elsewhere,
    "M15": telling.requests_carried,
    "M16": quality.in_their_words,
    "M17": telling.told_together,
    "M18": quality.second_list,
    "M19": consulting.consulted,
    "M20": quality.whole_the_first_time,
    "M21": contacting.returned_post,
    "M22": telling.known_to_told,
    "M23": quality.trained,
    "M24": quality.bare_ticks,
}

OF_STAFF: Final = frozenset({"M23"})
"""Measures of who works where: a region without a case is a group of theirs alone."""
