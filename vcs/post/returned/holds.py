"""Why a letter that came back holds the next one. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.law.duties import in_words
from vcs.post.cases.letter_case import LetterCase
from vcs.post.returned.reasons import POLICIES


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
