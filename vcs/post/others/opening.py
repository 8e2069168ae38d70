"""Look at a letter to others, and open it for printing: each leaves a row."""

from __future__ import annotations

from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.post.addresses.both_addresses import reveal_beside
from vcs.post.batches.pull import pull
from vcs.post.gate import Step, holds
from vcs.post.notify.hold import not_with_notify
from vcs.post.opening import OPENED_ALONE, REASONS, TO_POST, OpenedLetter
from vcs.post.others.about import About
from vcs.post.others.case import gather_other
from vcs.post.others.find import find_other
from vcs.post.others.withdraw import was_posted, withdraw_held
from vcs.post.records import LetterRecord, LetterStatus
from vcs.victims.whereabouts.reveal import BothAddresses, whose_look


def note_look_at_other(work: Work, letter_reference: str, reason: str) -> None:
    """Record that a person looks at a letter, which may hold a victim's address, and why."""
    work.require_may(Act.OPEN_LETTER)
    letter, about = find_other(work, letter_reference)
    _note(work, letter, about, reason)


def reveal_for_other(work: Work, letter_reference: str, reason: str) -> BothAddresses:
    """Open the address that a letter hands over and every address of the court that is like it.

    Who looked is kept first: without it nobody may decide that the letter goes. Raises NotFound
    for a letter that is about no victim.
    """
    work.require_may(Act.ACCEPT_SHARED_ADDRESS)
    letter, about = find_other(work, letter_reference)
    if about.victim is None or about.referral is None:
        raise NotFound("This letter is about no victim, so there is no address to compare.")
    return reveal_beside(work, letter, (about.victim, about.referral), reason)


def open_other(work: Work, letter_reference: str, reason: str) -> OpenedLetter:
    """Return the PDF of an approved letter, or why it must not be printed; it is recorded first."""
    work.require_may(Act.PRINT_LETTER if reason == TO_POST else Act.OPEN_LETTER)
    letter, about = find_other(work, letter_reference)
    if letter.pdf is None:
        raise NotFound("This letter has not been approved, so there is no PDF of it.")
    if letter.status == LetterStatus.WITHDRAWN:
        return OpenedLetter(None, (f"This letter was withdrawn. {letter.withdrawn_reason}",))
    case = gather_other(about, letter).case
    # What left is opened as it was, to see what was sent.
    left = reason != TO_POST and was_posted(about, letter)
    if held := () if left else holds(case, Step.OPEN):
        withdraw_held(about, letter, case, work.actor.who)
        return OpenedLetter(None, tuple(hold.text for hold in held))
    if reason == TO_POST:
        not_with_notify(work.session, letter.id, OPENED_ALONE, work.now)
        pull(work.session, letter.id, OPENED_ALONE, work.now)
    _note(work, letter, about, reason)
    letter.opened_at = letter.opened_at or work.now
    work.session.add(letter)
    return OpenedLetter(work.sealer.open(letter.pdf))


def _note(work: Work, letter: LetterRecord, about: About, reason: str) -> None:
    """Keep the look: at a person where the letter is about one, else at the letter alone."""
    if reason not in REASONS:
        raise NotValid("Say why you need to see it.", {"reason": "Select why you need to see it"})
    if about.victim is None:
        work.note("letter.looked_at", about.subject, f"{letter.reference} {reason}")
        return
    officer = about.referral.vlo_account_id if about.referral else None
    whose = whose_look(about.victim)
    looked = Look("letter.looked_at", about.subject, whose, reason, letter.reference, officer)
    keep_look(work, looked)
