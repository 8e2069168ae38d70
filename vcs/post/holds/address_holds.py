"""Why where a letter would go holds it. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.law.deadlines.duties import in_words
from vcs.post.cases.letter_case import LetterCase
from vcs.post.returned.reasons import POLICIES


def no_address(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody of whom no address is held."""
    if not case.has_address:
        yield (
            "No address is held for this person. Find out where they can be written to, and add "
            "it to their details, or reach them in another way."
        )


def not_safe_to_post(case: LetterCase) -> Iterator[str]:
    """Hold a letter to an address of which somebody said that it is not safe."""
    if case.safe_to_post is False:
        yield (
            "It is not safe to write to this address. No letter may go there, and nobody can "
            "overrule this. Reach this person in another way. If it is safe now, correct the "
            "details first, and say how you know."
        )


def unconfirmed_address(case: LetterCase) -> Iterator[str]:
    """Hold a letter to an address that nobody has confirmed, or called safe to write to."""
    if not case.has_address or case.safe_to_post is False:
        return
    if case.safe_to_post is None or case.is_unconfirmed:
        missing = (
            "Nobody has said whether it is safe to write to this address."
            if case.safe_to_post is None
            else "Nobody has confirmed this address, and no letter has gone there yet."
        )
        yield (
            f"{missing} Ask, and record it in the details. If this letter must go before that, "
            "somebody who did not begin it must say why."
        )


def particular_address(case: LetterCase) -> Iterator[str]:
    """Hold a letter to a prison, a hospital or a refuge, or where the words say no address."""
    for asked in case.address_asks:
        yield (
            f"{asked}. Somebody who did not begin this letter must find out whether it may go "
            "there, and say how they know."
        )


def first_to_changed_address(case: LetterCase) -> Iterator[str]:
    """Hold the first letter to an address that one party alone has changed."""
    if case.changed_address:
        day = in_words(case.changed_address.changed_on)
        yield (
            f"This person’s address was changed on {day}, and no letter has gone to the new one "
            "yet. Somebody who neither entered it nor began this letter must look at it, find out "
            "whether it is right, and say how they know."
        )


def shared_address(case: LetterCase) -> Iterator[str]:
    """Hold a letter to an address that is, or may be, one of the offender’s side."""
    if case.has_shared_address:
        yield (
            "The court ties this person’s address, or one that may be the same, to the offender or "
            "to somebody in the same case, now or before, so the letter could reach them. A "
            "manager who did not begin this letter must see both addresses, find out who lives "
            "there now, and decide whether this letter may go to this address."
        )


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


def said_deceased(case: LetterCase) -> Iterator[str]:
    """Hold every letter while nobody has found out whether this person has died."""
    for one in case.came_back:
        if one.is_asked and POLICIES[one.reason].stops_everything:
            yield (
                f"A letter to this person came back on {in_words(one.came_back_on)}. The envelope "
                "says that they have died. No letter may go until an officer or a manager has "
                "found out, and answered the task about it."
            )


def came_back(case: LetterCase) -> Iterator[str]:
    """Hold a letter to an address from which one came back, or while an officer is asked why."""
    for one in case.came_back:
        policy = POLICIES[one.reason]
        told = (
            f"A letter to this person came back on {in_words(one.came_back_on)}: “{policy.words}”."
        )
        if policy.stops_address and case.leaves_by_email:
            # It came back from a door, and this one goes to no door.
            continue
        if policy.stops_address and one.is_here:
            yield (
                f"{told} It went to the address that is held now. Correct or confirm that address "
                "first. If this letter must go there all the same, somebody who did not begin it "
                "must say why."
            )
        elif one.is_asked and not policy.stops_everything and not policy.stops_address:
            yield f"{told} An officer has not answered the task about it yet. Answer it first."
