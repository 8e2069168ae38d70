"""A fact of a sentence of which nobody is told: undecided, declined, or not owed by the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vcs.access.work import Work
from vcs.consequences.closing.reviewing import look_again_before
from vcs.custody.questions import ask
from vcs.custody.readings import TELL_OF_DANGER, follows
from vcs.custody.records import CustodyFact, EndsAs
from vcs.events.records import EventKind
from vcs.lists.matches.held import HeldSentence
from vcs.sentences.declines.reads import standing_decline

_LETS_OUT: Final = (
    EventKind.RELEASE_PLANNED,
    EventKind.RELEASE_MOVED,
    EventKind.RELEASED,
    EventKind.TIME_SERVED,
)

_UNDECIDED: Final = (
    "The offender of this sentence is in the news of the prison, and nobody has decided yet "
    "whether a victim is owed contact. Decide that today."
)

_DECLINED: Final = (
    "The offender of this sentence is in the news of the prison, and two managers decided that "
    "there is no contact. Look today at whether that is still right."
)

_LOOKED_AT_AGAIN: Final = "No contact was decided; it is looked at again because of this release"

Ended = tuple[EndsAs, str]


def of_undecided(work: Work, fact: CustodyFact, held: HeldSentence) -> Ended:
    """Ask whether contact is owed, where the law does not say and nobody was referred.

    Where two managers said no, a release brings the review of that forward to today, and only
    danger asks at once.
    """
    if held.sentence_id is None or standing_decline(work.session, held.sentence_id) is None:
        ask.about_meaning(work.session, fact, (held, _UNDECIDED), work.today)
        return EndsAs.CHECK, "Nobody has decided yet whether a victim is owed contact"
    if fact.reading in TELL_OF_DANGER:
        ask.about_meaning(work.session, fact, (held, _DECLINED), work.today)
        return EndsAs.CHECK, "No contact was decided, and this is danger"
    if _look_again(work, fact, [held]):
        return EndsAs.NOT_OWED, _LOOKED_AT_AGAIN
    return EndsAs.NOT_OWED, "Two managers decided that there is no contact"


def of_not_owed(work: Work, fact: CustodyFact, held: Sequence[HeldSentence]) -> Ended:
    """Return why nobody is told, where no sentence is owed contact by the law.

    What was declined earlier is looked at again: a key event does that too, and there is none
    where nobody was referred.
    """
    if _look_again(work, fact, held):
        return EndsAs.NOT_OWED, _LOOKED_AT_AGAIN
    return EndsAs.NOT_OWED, "Their victims are owed no contact by the law"


def _look_again(work: Work, fact: CustodyFact, held: Sequence[HeldSentence]) -> bool:
    if follows(fact.reading).kind not in _LETS_OUT or fact.happened_on is None:
        return False
    ids = [one.sentence_id for one in held if one.sentence_id is not None]
    return bool(look_again_before(work.session, ids, fact.happened_on, work.today))
