"""Which changes make the database ask for a referral's clocks to be worked out again."""

from __future__ import annotations

from collections.abc import Mapping

from vcs import marking
from vcs.marking import Marks

_OF_VICTIM = "(SELECT referral_id FROM victim WHERE id = {row}.victim_id)"

_ITS_OWN = "{row}.referral_id"

_OF_LETTER = (
    "(SELECT referral_id FROM victim WHERE id = coalesce({row}.victim_id, {row}.about_victim_id))"
)
"""A letter to others names whom it is about; it meets duties of theirs too."""

_OF_POSTED = (
    "(SELECT referral_id FROM victim WHERE id = coalesce({row}.victim_id, "
    "(SELECT about_victim_id FROM letter WHERE id = {row}.letter_id)))"
)

WATCHED: Mapping[str, tuple[str, str]] = {
    "referral": (
        "status, closed_on, basis, sentence_id, vlo_account_id, region_code, police_area",
        "{row}.id",
    ),
    "sentence": (
        "sentenced_on, outcome, route, gone, told_in_id",
        "(SELECT id FROM referral WHERE sentence_id = {row}.id)",
    ),
    "deadline": ("referral_id, met_on, lifted_on", _ITS_OWN),
    "victim": ("referral_id, referred_on, contacted_on", _ITS_OWN),
    "choice": ("victim_id, choice, chosen_on", _OF_VICTIM),
    "contact": ("victim_id, happened_on, reached", _OF_VICTIM),
    "need_answer": ("victim_id, asked_on", _OF_VICTIM),
    "letter": ("victim_id, about_victim_id, status", _OF_LETTER),
    "posted_letter": ("victim_id, posted_on, duty, came_back_on", _OF_POSTED),
    "key_event": ("referral_id, kind, happened_on, taken_back_at", _ITS_OWN),
    "event_line": ("victim_id, told_at, not_told_reason, undo", _OF_VICTIM),
    "clock_start": ("taken_back_at", _ITS_OWN),
    "clock_end": ("referral_id", _ITS_OWN),
}
"""Each table with its columns that count, and the referral of a row called {row}."""


def _body(table: str, event: str) -> str:
    return marking.about(WATCHED[table][1], event, _mark)


def _mark(referral: str, more: str) -> str:
    given = f"SELECT {referral} WHERE {referral} IS NOT NULL{more}"
    return f"INSERT INTO clock_mark (referral_id) {given};"


CLOCK_MARKS = Marks(
    "clock_mark_of_", {table: columns for table, (columns, _) in WATCHED.items()}, _body
)
