"""How a person is to be told: an officer gets planned news ready, a manager chooses in danger."""

from __future__ import annotations

from dataclasses import dataclass

from vcs.access.rules import Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.events.catalogue import DANGER_WAYS, PLANNED_WAYS, kind_row
from vcs.events.find import hold_line, refuse_settled
from vcs.events.records import LONGEST_REASON, EventLine, KeyEvent, Way
from vcs.events.sets.lines import end_hold
from vcs.events.ways import (
    Reachable,
    may_get_a_letter,
    reachable,
    refuse_before_looking,
    way_now,
    way_to_tell,
)
from vcs.victims.records import Victim

_COLD = (
    "News of a release does not come on paper first: choose a call or a visit, unless they chose "
    "letters only or were tried often enough"
)

_AS_BEFORE = "They are told that it was a mistake in the way they were told before."

_POLICE_ONLY = "It is not safe to contact this person, or they want none: the police go"


@dataclass(frozen=True, slots=True)
class WayEntry:
    """How a person is to be told. ``letters_only`` is their own choice, of which somebody knows.

    ``seen`` is the version of what was chosen that whoever chooses was shown; None without a form.
    """

    way: str
    reason: str = ""
    letters_only: bool = False
    seen: str | None = None


def way_version(line: EventLine) -> str:
    """Return the version of what was chosen about how a person is told."""
    return version_of(line.way, line.way_at)


def make_ready(work: Work, event_reference: str, victim_reference: str, entry: WayEntry) -> None:
    """Decide how one person is told. The last line that was waited for ends the hold.

    In danger a manager decides, and gives a reason, whatever the person's notes prefer; so does one
    where word of a mistake may not go as the event did. Raises NotValid for a way that the rules do
    not allow.
    """
    event, line, (victim, referral) = hold_line(work, event_reference, victim_reference)
    is_for_manager = kind_row(event.kind).danger or line.undo
    work.require_may(Act.CHOOSE_WAY if is_for_manager else Act.TELL_EVENT)
    refuse_settled(line)
    if entry.seen is not None:
        # Whoever did not see that the police were chosen does not choose to ring.
        require_version(entry.seen, way_version(line))
    line.letters_only = entry.letters_only
    _check(work, (event, line, victim), entry)
    line.way, line.way_at, line.way_by = entry.way, work.now, work.actor.account_id
    line.way_sealed = work.sealer.seal_text(entry.reason.strip())
    work.session.add(line)
    work.session.flush()
    end_hold(work.session, event, work.now)
    detail = f"{event.reference} {victim.reference}"
    work.note("event.way_chosen", referral.reference, f"{detail} {entry.way}")


def _check(work: Work, what: tuple[KeyEvent, EventLine, Victim], entry: WayEntry) -> None:
    event, line, victim = what
    row, person = kind_row(event.kind), reachable(work.session, work.sealer, victim)
    if line.undo:
        _check_undoing(work, what, person, entry)
        return
    if way_to_tell(row, person) is not None:
        raise Conflict("Their own answer, or the rule, already says how this person is told.")
    if row.danger:
        _check_danger(person, entry)
        return
    refuse_before_looking(work.session, work.sealer, victim)
    if entry.way not in PLANNED_WAYS:
        raise NotValid("Say how.", {"way": "Select how they are to be told"})
    if entry.way == Way.LETTER:
        if row.live_call and not may_get_a_letter(work.session, event, line):
            raise NotValid(_COLD, {"way": _COLD})
        if victim.person.safe_to_post is not True:
            words = "It is not known to be safe to write to this person"
            raise NotValid(words, {"way": words})


def _check_undoing(
    work: Work, what: tuple[KeyEvent, EventLine, Victim], person: Reachable, entry: WayEntry
) -> None:
    if way_now(work.session, work.sealer, what, person) is not None:
        raise Conflict(_AS_BEFORE)
    _check_danger(person, entry)


def _check_danger(person: Reachable, entry: WayEntry) -> None:
    if entry.way not in DANGER_WAYS:
        raise NotValid("Say how.", {"way": "Select how they are to be told"})
    if person.only_police and entry.way != Way.POLICE:
        raise NotValid(_POLICE_ONLY, {"way": _POLICE_ONLY})
    if not entry.reason.strip() or len(entry.reason) > LONGEST_REASON:
        words = f"Enter why, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why.", {"reason": words})
