"""Why where an email would go holds a letter. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.law.deadlines.duties import in_words
from vcs.post.cases.letter_case import LetterCase


def no_email(case: LetterCase) -> Iterator[str]:
    """Hold a letter that leaves by email alone to somebody of whom no email address is held."""
    if case.leaves_by_email and not case.has_email:
        yield (
            "This letter leaves by email, and no email address is held for this person. Ask them "
            "for it and add it to their details, or reach them in another way."
        )


def changed_email(case: LetterCase) -> Iterator[str]:
    """Hold a letter to a mailbox that is newer than their word that email may be used."""
    if case.changed_email:
        yield (
            "This person’s email address was entered or changed on "
            f"{in_words(case.changed_email.changed_on)}, and no letter has gone there yet. Ask "
            "them whether it is theirs and whether email may be used. A colleague of whoever "
            "entered it records what they say, or somebody who neither entered it nor began this "
            "letter says how they know that this letter may go there."
        )


def shared_mailbox(case: LetterCase) -> Iterator[str]:
    """Hold a letter to a mailbox that somebody else has too, or that several people may read."""
    if case.mailbox_readers:
        yield (
            f"Somebody else may read this person’s email: {'; '.join(case.mailbox_readers)}. "
            "Whoever reads that mailbox would read this letter. Ask this person who reads it, or "
            "for an address of their own. If this letter must go there all the same, a manager who "
            "did not begin it must say who reads it and why that is safe."
        )
