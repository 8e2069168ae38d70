"""What contradicts what was told before, or cannot have happened yet: the unit is asked.

Nothing that was told is undone in silence.
"""

from __future__ import annotations

from typing import Final

from vcs.custody.facts.record import Ended
from vcs.custody.history import gone, undo
from vcs.custody.history.cases import begins_at, is_ahead, may_come
from vcs.custody.matches.match import matched
from vcs.custody.questions import ask
from vcs.custody.questions.turn import Turn
from vcs.custody.readings import TELL_OF_DANGER
from vcs.custody.records import EndsAs
from vcs.custody.sealed import Opened
from vcs.events.records import KeyEvent
from vcs.lists.matches.held import HeldSentence


def no_news(turn: Turn, told: Opened) -> Ended:
    """End what is no news, unless it contradicts what was told before."""
    asked = gone.ask_if_true(turn.work, turn.fact)
    for event_id in undo.recorded_as_release(turn.session, turn.fact):
        event = turn.session.get_one(KeyEvent, event_id)
        if event.taken_back_at is None:
            whose = matched(turn.session, turn.work.sealer, told.who).sure
            words = f"{_NO_RELEASE} {event.reference} says that they are out: take it back if not."
            of = (whose[0] if whose else None, words)
            ask.about_meaning(turn.session, turn.fact, of, turn.work.today)
            asked = True
    if asked:
        return EndsAs.CHECK, "A person is asked whether what was told before is true"
    return EndsAs.NOTHING, "By its code this is no news for anybody"


_NO_RELEASE: Final = (
    "Of one movement a prison tells both that it was a release and that it was to a court or "
    "another prison. Ask the prison where they are before anybody else is told."
)


def waits_or_is_asked(turn: Turn, ours: list[HeldSentence]) -> bool:
    """Ask the unit about danger that is still to come, and about a release that may be none.

    Danger is tried again when its hour has come, unless somebody has dealt with it.
    """
    fact, now = turn.fact, turn.work.now
    if fact.reading in TELL_OF_DANGER and is_ahead(fact, now):
        if may_come(fact, now):
            ask.about_meaning(turn.session, fact, (ours[0], _TO_COME), turn.work.today)
            fact.ends_as, fact.settle_at = EndsAs.WAITING, begins_at(fact)
            return True
    elif fact.ends_as == EndsAs.WAITING and ask.was_answered(turn.session, turn.asked):
        turn.end(EndsAs.CHECK, "A person has looked at it")
        return True
    if fact.happened_on in {one.sentenced_on for one in ours}:
        return False
    if undo.says_otherwise(turn.session, fact):
        ask.about_meaning(turn.session, fact, (ours[0], _NO_RELEASE), turn.work.today)
        turn.end(EndsAs.CHECK, _NO_RELEASE)
        return True
    return False


_TO_COME: Final = (
    "A prison tells of danger at an hour that has not come yet by our clock. Ask the prison now. "
    "If nobody answers, it is recorded at that hour."
)
