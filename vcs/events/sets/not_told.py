"""Record that somebody is not to be told of an event, with the reason."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.events.catalogue import kind_row
from vcs.events.find import hold_line, refuse_settled
from vcs.events.records import LONGEST_REASON, NotTold
from vcs.events.sets.lines import end_hold

_NOT_IN_DANGER = (
    "This is danger: somebody who opted out, or wants no contact, is told by the police"
)

_CHOICES = (NotTold.OPTED_OUT, NotTold.NOT_WANTED)
"""What a person chose. In danger it says how they are told, and never that they are not."""


def record_not_to_be_told(
    work: Work, event_reference: str, victim_reference: str, reason: str, words: str
) -> None:
    """Close a person's line without telling them. In danger only a manager may."""
    event, line, (victim, referral) = hold_line(work, event_reference, victim_reference)
    danger = kind_row(event.kind).danger and not line.undo
    work.require_may(Act.CHOOSE_WAY if danger else Act.TELL_EVENT)
    refuse_settled(line)
    fields = {}
    if reason not in tuple(NotTold) or reason == NotTold.OFFENDER_DIED:
        fields["reason"] = "Select why they are not to be told"
    elif danger and reason in _CHOICES:
        fields["reason"] = _NOT_IN_DANGER
    if not words.strip() or len(words) > LONGEST_REASON:
        fields["words"] = f"Enter how you know, in {LONGEST_REASON} characters or fewer"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    line.not_told_reason, line.not_told_at = reason, work.now
    line.not_told_by = work.actor.account_id
    line.not_told_sealed = work.sealer.seal_text(words.strip())
    work.session.add(line)
    work.session.flush()
    end_hold(work.session, event, work.now)
    detail = f"{event.reference} {victim.reference} {reason}"
    work.note("event.not_to_be_told", referral.reference, detail)
