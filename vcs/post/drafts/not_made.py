"""A letter that the press could not make: a person is asked, once."""

from __future__ import annotations

from vcs.access.work import Work
from vcs.post.concern import Concern
from vcs.post.find import find_letter
from vcs.post.stale.stopping import ask_about_unsent


def ask_about(work: Work, letter_reference: str, why: str) -> None:
    """Open a task about a letter that could not be made, however often it is tried."""
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    words = f"{why} It was tried twice. Look for what is odd in its facts, and tell support."
    ask_about_unsent(work, letter, Concern.of_victim(victim, referral), words)
