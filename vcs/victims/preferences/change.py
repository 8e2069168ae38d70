"""Record an answer about one way of reaching a person, by somebody who saw what is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.victims.find import find_victim, parts_of
from vcs.victims.preferences.reads import standing_preferences, standing_rows
from vcs.victims.preferences.records import (
    LONGEST_WORDS,
    HowKnown,
    PreferenceRecord,
    Rule,
    Way,
)
from vcs.victims.records import Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import known_dangers, warn_in_each


class OlderVersion(Conflict):
    """A change was drawn from an older version of what is held. Nothing of it was saved."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody else changed how this person may be reached after you opened this page. "
            "Check your answer against what counts now, then send it again."
        )


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an answer, sealed together."""

    times: str = ""
    not_to_say: str = ""
    via_whom: str = ""
    words: str = ""


_NO_WORDS = Said()


@dataclass(frozen=True, slots=True)
class PreferenceEntry:
    """One answer about one way. ``rule`` None takes what was said about it away."""

    way: Way
    rule: Rule | None
    since_on: date
    how_known: HowKnown
    said: Said = _NO_WORDS
    withheld_number: bool = False


def change_preference(
    work: Work, victim_reference: str, drawn_from: str, entry: PreferenceEntry
) -> None:
    """Record what was said about one way; it counts in every referral of the person.

    ``drawn_from`` is the version that the person saw. Raises OlderVersion, and writes nothing,
    unless it is what counts now; NotValid naming each field to correct.
    """
    work.require_may(Act.CHANGE_PREFERENCES)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    if drawn_from != standing_preferences(work.session, work.sealer, victim.person_id).version:
        raise OlderVersion
    if fields := dict(_problems(entry, work.today)):
        raise NotValid("Some details need correcting.", fields)
    known = known_dangers(work, victim)
    rows = standing_rows(work.session, victim.person_id)
    end(work, (row for row in rows if row.way == entry.way))
    if entry.rule is not None:
        work.session.add(row_of(work, victim, entry))
    if known_dangers(work, victim) - known:
        warn_in_each(work, victim.person_id, WarningFrom.PREFERENCE)
    note_in_each(work, victim, "preference.recorded", f"{entry.way}: {entry.rule or 'not known'}")


def row_of(work: Work, victim: Victim, entry: PreferenceEntry) -> PreferenceRecord:
    """Return an answer as it is kept."""
    said = {name: text.strip() for name, text in asdict(entry.said).items()}
    return PreferenceRecord(
        person_id=victim.person_id,
        victim_id=victim.id,
        way=entry.way,
        rule=entry.rule or Rule.NEVER,
        since_on=entry.since_on,
        how_known=entry.how_known,
        withheld_number=entry.withheld_number,
        sealed=work.sealer.seal_json(said),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )


def end(work: Work, rows: Iterable[PreferenceRecord], why: bytes | None = None) -> None:
    """End answers that count no longer. They stay on record."""
    for row in rows:
        row.ended_at, row.ended_by, row.ended_sealed = work.now, work.actor.account_id, why
        work.session.add(row)


def note_in_each(work: Work, victim: Victim, event: str, what: str) -> None:
    """Name a change in the trail of each referral of the person, and who made it where they may."""
    for part, where in parts_of(work.session, victim.person_id):
        who = work.actor.who if may_see(work.actor, where) else SYSTEM
        detail = f"{part.reference} {what}"
        trail.note(work.session, trail.Note(work.now, who, event, where.reference, detail))


def _problems(entry: PreferenceEntry, today: date) -> Iterator[tuple[str, str]]:
    if entry.way is Way.ANYTHING:
        yield "way", "Record that they never want contact on its own page"
    if entry.since_on > today:
        yield "since_on", "The day must be today or in the past"
    for name, text in asdict(entry.said).items():
        if len(text) > LONGEST_WORDS:
            yield name, f"Enter {LONGEST_WORDS} characters or fewer"
    goes_through = entry.way is Way.VIA and entry.rule in (Rule.ALLOWED, Rule.ONLY)
    if goes_through and not entry.said.via_whom.strip():
        yield "via_whom", "Enter through whom they may be reached"
