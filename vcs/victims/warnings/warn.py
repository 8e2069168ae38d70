"""Record that something warns of danger, once for each referral in which it was not known.

Every way in compares what is known of a person before and after: one list says what a warning is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcs.access.work import Work
from vcs.victims import entries
from vcs.victims.entries import VictimEntry
from vcs.victims.find import parts_of
from vcs.victims.names import STOPS_ALL_CONTACT, NoteKind, notes_in, printed_names
from vcs.victims.preferences.allowed import says_something
from vcs.victims.preferences.reads import standing_rows
from vcs.victims.preferences.records import PreferenceRecord, Rule
from vcs.victims.records import Victim
from vcs.victims.warnings.records import SafetyWarning, WarningFrom

Dangers = frozenset[str]
"""Everything known of a person that warns of danger, each in a form to be compared."""

NOTHING_KNOWN: Dangers = frozenset()


def dangers_in(entry: VictimEntry) -> Dangers:
    """Return what an entry warns of: post that is not safe, each word of a note, a name."""
    return frozenset(_in_entry(entry))


def known_dangers(work: Work, victim: Victim) -> Dangers:
    """Return what is known of a victim now that warns of danger."""
    work.session.flush()
    rows = standing_rows(work.session, victim.person_id)
    return dangers_in(entries.held_entry(work.sealer, victim)) | frozenset(_in_answers(rows))


def warn_of_more(work: Work, victim: Victim, before: Dangers, source: WarningFrom) -> None:
    """Warn in a victim's referral where more is known of danger than before."""
    if known_dangers(work, victim) - before:
        warn(work, victim, source)


def warn_in_each(work: Work, person_id: int, source: WarningFrom) -> None:
    """Warn in every referral of a person."""
    for part, _ in parts_of(work.session, person_id):
        warn(work, part, source)


def warn(work: Work, victim: Victim, source: WarningFrom) -> None:
    """Warn in a victim's referral. All warnings of one person at one moment are told as one."""
    warning = SafetyWarning(
        victim_id=victim.id, source=source, recorded_at=work.now, recorded_by=work.actor.who
    )
    work.session.add(warning)


def _in_entry(entry: VictimEntry) -> Iterator[str]:
    if entry.safe_to_post is False:
        yield "post"
    for line in entry.safe_contact_notes.splitlines():
        if says_something(line):
            yield from (f"note {word}" for word in line.split())
    for _, text in printed_names(entry):
        kinds = {note.kind for note in notes_in(text)}
        # What stops all contact is a question of its own, which is told of at once.
        if NoteKind.SAFETY in kinds and kinds.isdisjoint(STOPS_ALL_CONTACT):
            yield f"name {text}"


def _in_answers(rows: Iterable[PreferenceRecord]) -> Iterator[str]:
    for row in rows:
        if row.rule != Rule.ALLOWED:
            yield f"{row.rule} {row.way}"
